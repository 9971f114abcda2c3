//! Every code block of the pages is real: a ```sym block runs, in one session per page, and prints what the ```text
//! block after it says. `UPDATE_EXPECTED=1` writes the output anew.

use std::path::Path;

use symmetra::limits::Limits;
use symmetra::session::Session;

struct Block {
    line: usize,
    language: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(language) => {
                open = true;
                blocks.push(Block { line: number + 2, language: language.trim().to_string(), text: String::new() });
            }
            None if open => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            None => {}
        }
    }
    assert!(!open, "a code block is not closed");
    blocks
}

/// What a page's programs print, compared with what the page says; returns the number of programs.
fn check(path: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join(path)).unwrap();
    let blocks = blocks(&page);
    let mut session = Session::new();
    let mut count = 0;
    let mut updated = page.clone();
    for (index, block) in blocks.iter().enumerate() {
        if block.language == "text" {
            assert!(index > 0 && blocks[index - 1].language == "sym", "{path}:{}: output of nothing", block.line);
        }
        if block.language != "sym" {
            continue;
        }
        count += 1;
        let mut printed = String::new();
        let result = session.run(path, &block.text, root, &Limits::none(), &mut |value| {
            printed.push_str(&value.text());
            printed.push('\n');
        });
        if let Err(error) = result {
            panic!("{path}:{}: {error:?}", block.line);
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            updated = updated.replacen(
                &format!("```sym\n{}```\n```text\n{}```", block.text, blocks.get(index + 1).map_or("", |b| &b.text)),
                &format!("```sym\n{}```\n```text\n{printed}```", block.text),
                1,
            );
            continue;
        }
        let expected = blocks.get(index + 1).filter(|next| next.language == "text").map_or("", |next| &next.text);
        assert_eq!(printed, expected, "{path}:{}", block.line);
    }
    if updated != page {
        std::fs::write(root.join(path), updated).unwrap();
    }
    count
}

#[test]
fn the_readme_says_what_the_program_prints() {
    assert!(check("README.md") >= 6);
}

#[test]
fn the_architecture_page_says_what_the_program_prints() {
    check("ARCHITECTURE.md");
}

#[test]
fn the_commands_of_the_readme_are_those_of_continuous_integration() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("README.md")).unwrap();
    let steps = std::fs::read_to_string(root.join(".ci/run")).unwrap();
    let commands: Vec<String> =
        blocks(&page).into_iter().filter(|b| b.language == "sh").map(|b| b.text).collect::<Vec<_>>();
    let first: Vec<&str> = commands.first().unwrap().lines().collect();
    assert_eq!(first.len(), 2, "two commands: the main job and the tests");
    // The same command, from the locked versions.
    let locked = |command: &str| match command.split_once(" -- ") {
        Some((left, right)) => format!("{left} --locked -- {right}"),
        None => format!("{command} --locked"),
    };
    for command in first {
        let command = command.split('#').next().unwrap().trim();
        assert!(steps.lines().any(|line| line.trim().starts_with(&locked(command))), "{command}");
    }
}
