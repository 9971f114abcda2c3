//! Markup for a terminal: colour for meaning only. The one file that knows the colour crate.

use std::borrow::Cow;

use colored::Color;

use super::layout;
use super::{Look, Markup, Style};

/// Back to the terminal's own colours.
const RESET: &str = "\u{1b}[0m";

/// The tree as text with escape sequences. Whether to colour at all is for the caller to decide
/// ([`super::plain`] is the alternative); nothing is read from the environment here.
pub fn render(markup: &Markup, look: Look) -> String {
    let mut text = String::new();
    for (index, line) in layout::lines(markup, look).into_iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        // Blanks carry no colour, so that a line ends where its last visible sign does.
        let visible = line.iter().rposition(|(_, piece)| !piece.trim_end().is_empty()).map_or(0, |last| last + 1);
        for (number, (style, piece)) in line.iter().take(visible).enumerate() {
            let piece = if number + 1 == visible { piece.trim_end() } else { piece };
            text.push_str(&paint(*style, piece));
        }
    }
    text
}

/// One piece of text in the colour of its style.
pub fn paint(style: Style, text: &str) -> Cow<'_, str> {
    match code(style) {
        Some(code) if !text.is_empty() => Cow::Owned(format!("\u{1b}[{code}m{text}{RESET}")),
        _ => Cow::Borrowed(text),
    }
}

/// The escape parameters of a style; none for what stays in the terminal's own colour.
fn code(style: Style) -> Option<String> {
    let bold = |color: Color| format!("1;{}", color.to_fg_str());
    match style {
        // Numbers are most of what is shown; colouring them all would say nothing.
        Style::Text | Style::Number | Style::Operator => None,
        Style::Name => Some(Color::Cyan.to_fg_str().into_owned()),
        Style::Keyword => Some(Color::Blue.to_fg_str().into_owned()),
        Style::String => Some(Color::Green.to_fg_str().into_owned()),
        Style::Error => Some(bold(Color::Red)),
        Style::Hint => Some(Color::Yellow.to_fg_str().into_owned()),
        Style::Dim => Some(Color::BrightBlack.to_fg_str().into_owned()),
        Style::Strong => Some("1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_meaning_only() {
        let shown = Markup::strong("G2") + Markup::text("  dim ") + Markup::number("14") + Markup::dim("  proved  ");
        assert_eq!(render(&shown, Look::Unicode), "\u{1b}[1mG2\u{1b}[0m  dim 14\u{1b}[90m  proved\u{1b}[0m");
    }
}
