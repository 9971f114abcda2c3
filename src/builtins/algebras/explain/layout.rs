//! Paragraphs wrapped to the width of a page.

use super::Step;

const WIDTH: usize = 78;
const INDENT: &str = "   ";

/// The heading, then the steps with their numbers.
pub(super) fn lay_out(heading: &str, steps: &[Step]) -> String {
    let mut out = wrap(heading, "");
    for (k, step) in steps.iter().enumerate() {
        out.push(String::new());
        out.push(format!("{}. {}", k + 1, step.title));
        for paragraph in &step.text {
            if paragraph.starts_with("    ") {
                out.extend(paragraph.lines().map(|line| format!("{INDENT}{line}").trim_end().to_string()));
            } else {
                out.extend(wrap(paragraph, INDENT));
            }
        }
    }
    out.join("\n")
}

/// Breaks at blanks; a word longer than the line stands alone.
fn wrap(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length + indent.len() > WIDTH {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(format!("{indent}{line}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_the_width_and_lose_no_word() {
        let text = "a word and another, ".repeat(30);
        let lines = wrap(&text, INDENT);
        assert!(lines.iter().all(|l| l.chars().count() <= WIDTH && l.starts_with(INDENT)));
        assert_eq!(lines.join(" ").split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        assert_eq!(wrap(&"x".repeat(100), ""), ["x".repeat(100)]);
        assert!(wrap("", INDENT).is_empty());
    }

    #[test]
    fn drawings_are_kept() {
        let step = Step::new("A drawing").say("Look:").show(["o-o", "", "1 2"]);
        assert_eq!(lay_out("g", &[step]), "g\n\n1. A drawing\n   Look:\n       o-o\n\n       1 2");
    }
}
