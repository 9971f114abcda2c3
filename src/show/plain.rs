//! Markup as text without colour.

use super::layout;
use super::{Look, Markup};

/// The tree as text, lines without blanks at their ends and no line break after the last.
pub fn render(markup: &Markup, look: Look) -> String {
    let mut text = String::new();
    for (index, line) in layout::lines(markup, look).into_iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let start = text.len();
        line.iter().for_each(|(_, piece)| text.push_str(piece));
        let kept = text.get(start..).map_or(0, |line| line.trim_end().len());
        text.truncate(start + kept);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::Align;

    fn matrix(rows: &[&[&'static str]]) -> Markup {
        Markup::matrix(rows.iter().map(|row| row.iter().map(|cell| Markup::number(*cell)).collect()).collect())
    }

    #[test]
    fn a_matrix_stands_beside_its_name_and_its_columns_align() {
        let shown = Markup::name("A") + Markup::operator(" = ") + matrix(&[&["1", "0"], &["-3/4", "12"], &["5", "6"]]);
        assert_eq!(render(&shown, Look::Unicode), "A = ⎡    1   0 ⎤\n    ⎢ -3/4  12 ⎥\n    ⎣    5   6 ⎦");
        assert_eq!(render(&matrix(&[&["7"]]), Look::Unicode), "[ 7 ]");
        assert_eq!(render(&matrix(&[]), Look::Unicode), "[ ]");
    }

    #[test]
    fn a_big_matrix_is_elided_with_its_shape() {
        let shown = Markup::matrix_elided(30, 30, 4, |row, column| if row == column { "1" } else { "0" }.to_string());
        assert_eq!(
            render(&shown, Look::Ascii),
            "[ 1  0  ...  0 ]  30x30\n[ 0  1  ...  0 ]\n[ :  :    .  : ]\n[ 0  0  ...  1 ]"
        );
    }

    #[test]
    fn diagrams_have_ascii_twins_of_one_column() {
        let diagram = Markup::text("  ○←┐ 4\n  │ ↓\n●─○─○\n↑   ↑\n└───┘");
        assert_eq!(render(&diagram, Look::Ascii), "  o<+ 4\n  | v\n*-o-o\n^   ^\n+---+");
    }

    #[test]
    fn wide_columns_of_a_matrix_are_left_out() {
        let shown = Markup::matrix_elided(1, 5, 16, |_, column| format!("{column}").repeat(30));
        let [a, b, last] = ["0", "1", "4"].map(|digit| digit.repeat(30));
        assert_eq!(render(&shown, Look::Ascii), format!("[ {a}  {b}  ...  {last} ]  1x5"));
        let shown = Markup::matrix_elided(1, 3, 16, |_, column| format!("{column}").repeat(50));
        assert!(!render(&shown, Look::Ascii).contains("..."));
    }

    #[test]
    fn tables_align_and_blocks_keep_together() {
        let rows = vec![
            vec![Markup::text("dim"), Markup::number("14")],
            vec![Markup::text("rank"), Markup::number("2")],
            vec![Markup::text(""), Markup::number("3")],
        ];
        let table = Markup::table(rows, [Align::Left, Align::Right]);
        assert_eq!(render(&table, Look::Unicode), "dim   14\nrank   2\n       3");
        let beside = Markup::lines([Markup::text("one"), Markup::text("two")]).block() + Markup::text(" | ") + table;
        assert_eq!(render(&beside, Look::Unicode), "one | dim   14\ntwo   rank   2\n             3");
    }

    #[test]
    fn wide_and_combining_signs_keep_columns_straight() {
        let rows =
            vec![vec![Markup::text("27 ⊗ 27̄"), Markup::text("x")], vec![Markup::text("漢字"), Markup::text("y")]];
        let table = Markup::table(rows, [Align::Left]);
        assert_eq!(render(&table, Look::Unicode), "27 ⊗ 27̄  x\n漢字     y");
    }

    #[test]
    fn breaks_end_lines_and_joining_is_associative() {
        let parts = || [Markup::text("a"), Markup::Break, Markup::text("b\nc")];
        let [a, b, c] = parts();
        let left = (a + b) + c;
        let [a, b, c] = parts();
        let right = a + (b + c);
        assert_eq!(render(&left, Look::Unicode), "a\nb\nc");
        assert_eq!(render(&left, Look::Unicode), render(&right, Look::Unicode));
        assert_eq!(render(&Markup::empty(), Look::Unicode), "");
        assert_eq!(render(&Markup::name("Q").superscript(Markup::number("7")), Look::Ascii), "Q^7");
    }
}
