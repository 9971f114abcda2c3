//! Markup as LaTeX mathematics (to stand between `$` or in `equation`).

use super::{Align, Fence, Grid, Markup, Style};

/// The tree as LaTeX source for math mode.
pub fn render(markup: &Markup) -> String {
    if has_break(markup) {
        return format!("\\begin{{gathered}}\n{}\n\\end{{gathered}}", body(markup));
    }
    body(markup)
}

fn has_break(markup: &Markup) -> bool {
    match markup {
        Markup::Break => true,
        Markup::Piece(_, text) => text.contains('\n'),
        Markup::Sequence(parts) => parts.iter().any(has_break),
        Markup::Grid(_) | Markup::Block(_) | Markup::Script(..) | Markup::Symbol(..) => false,
    }
}

fn body(markup: &Markup) -> String {
    match markup {
        Markup::Piece(style, text) => {
            let lines: Vec<String> = text.split('\n').map(|line| piece(*style, line)).collect();
            lines.join(" \\\\\n")
        }
        Markup::Sequence(parts) => parts.iter().map(body).collect(),
        Markup::Break => " \\\\\n".to_owned(),
        Markup::Grid(grid) => grid_source(grid),
        Markup::Block(inner) => render(inner),
        Markup::Symbol(_, source) => source.to_string(),
        Markup::Script(up, inner) => format!("{}{{{}}}", if *up { '^' } else { '_' }, body(inner)),
    }
}

fn piece(style: Style, text: &str) -> String {
    match style {
        Style::Number => number(text),
        Style::Name | Style::Operator => signs(text),
        _ if text.trim().is_empty() => {
            if text.is_empty() {
                String::new()
            } else {
                "\\ ".to_owned()
            }
        }
        Style::Keyword | Style::Strong => format!("\\textbf{{{}}}", words(text)),
        Style::Text | Style::String | Style::Error | Style::Hint | Style::Dim => format!("\\text{{{}}}", words(text)),
    }
}

/// `-3/4` as a fraction; anything else sign by sign.
fn number(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match rest.split_once('/') {
        Some((above, below)) if digits(above) && digits(below) => format!("{sign}\\frac{{{above}}}{{{below}}}"),
        _ => signs(text),
    }
}

/// Signs of mathematics in math mode.
fn signs(text: &str) -> String {
    let mut source = String::with_capacity(text.len());
    for character in text.chars() {
        match SIGNS.iter().find(|(known, _)| *known == character) {
            Some((_, command)) => {
                source.push_str(command);
                if command.starts_with('\\') && command.ends_with(|last: char| last.is_ascii_alphabetic()) {
                    source.push(' ');
                }
            }
            None => escape(character, &mut source),
        }
    }
    source
}

/// Words in text mode; signs of mathematics are set in math mode.
fn words(text: &str) -> String {
    let mut source = String::with_capacity(text.len());
    for character in text.chars() {
        match SIGNS.iter().find(|(known, _)| *known == character) {
            Some((_, command)) => source.push_str(&format!("${command}$")),
            None if character == '^' => source.push_str("\\textasciicircum{}"),
            None => escape(character, &mut source),
        }
    }
    source
}

fn escape(character: char, source: &mut String) {
    match character {
        '#' | '$' | '%' | '&' | '_' | '{' | '}' => {
            source.push('\\');
            source.push(character);
        }
        '\\' => source.push_str("\\backslash{}"),
        '~' => source.push_str("\\sim{}"),
        _ => source.push(character),
    }
}

fn grid_source(grid: &Grid) -> String {
    let rows: Vec<String> =
        grid.rows.iter().map(|row| row.iter().map(render).collect::<Vec<_>>().join(" & ")).collect();
    let inside = rows.join(" \\\\\n");
    match grid.fence {
        Fence::Brackets => format!("\\begin{{bmatrix}}\n{inside}\n\\end{{bmatrix}}"),
        Fence::Bars => format!("\\begin{{vmatrix}}\n{inside}\n\\end{{vmatrix}}"),
        Fence::None => {
            let columns = grid.rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
            let spec: String = (0..columns)
                .map(|column| match grid.aligns.get(column).or(grid.aligns.last()) {
                    Some(Align::Right) => 'r',
                    Some(Align::Centre) => 'c',
                    _ => 'l',
                })
                .collect();
            format!("\\begin{{array}}{{{spec}}}\n{inside}\n\\end{{array}}")
        }
    }
}

/// Signs and their commands in math mode.
const SIGNS: &[(char, &str)] = &[
    ('⊗', "\\otimes"),
    ('⊕', "\\oplus"),
    ('⋉', "\\ltimes"),
    ('⋊', "\\rtimes"),
    ('→', "\\to"),
    ('⇒', "\\Rightarrow"),
    ('×', "\\times"),
    ('·', "\\cdot"),
    ('−', "-"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≡', "\\equiv"),
    ('≅', "\\cong"),
    ('≈', "\\approx"),
    ('∧', "\\wedge"),
    ('⋯', "\\cdots"),
    ('…', "\\dots"),
    ('⋮', "\\vdots"),
    ('⋱', "\\ddots"),
    ('○', "\\circ"),
    ('●', "\\bullet"),
    ('ℚ', "\\mathbb{Q}"),
    ('ℝ', "\\mathbb{R}"),
    ('ℂ', "\\mathbb{C}"),
    ('ℤ', "\\mathbb{Z}"),
    ('ℍ', "\\mathbb{H}"),
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('λ', "\\lambda"),
    ('ω', "\\omega"),
    ('θ', "\\theta"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_matrices_and_signs() {
        let matrix = Markup::matrix(vec![vec![Markup::number("-3/4"), Markup::number("2")]]);
        assert_eq!(render(&matrix), "\\begin{bmatrix}\n-\\frac{3}{4} & 2\n\\end{bmatrix}");
        let product = Markup::number("27") + Markup::operator(" ⊗ ") + Markup::number("27");
        assert_eq!(render(&product), "27 \\otimes  27");
        assert_eq!(render(&Markup::text("50% of_it")), "\\text{50\\% of\\_it}");
    }
}
