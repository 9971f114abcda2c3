//! Tree → source text: one statement per line, with brackets only where the grammar needs them.

use super::literal::quote;
use super::tree::*;
use crate::num::Rational;

/// The text of a program; parsing it gives the same tree but for the places.
pub fn program(program: &Program) -> String {
    program.statements.iter().map(|s| statement(s) + "\n").collect()
}

/// The text of a statement.
pub fn statement(s: &Statement) -> String {
    match &s.node {
        StatementNode::Declaration(kind, name, value) => {
            format!("{} {} = {}", kind.word(), name.text, expression(value))
        }
        StatementNode::Function(name, parameters, body) => {
            let parameters: Vec<&str> = parameters.iter().map(|p| p.text.as_str()).collect();
            format!("let {}({}) = {}", name.text, parameters.join(", "), expression(body))
        }
        StatementNode::Form(name, vectors, body) => {
            let vectors: Vec<String> = vectors.iter().map(|v| vector(v)).collect();
            format!("form {}({}) = {}", name.text, vectors.join("; "), expression(body))
        }
        StatementNode::Oracle(name, vectors, body) => {
            let field = |v: &OracleVector| v.field.as_ref().map_or_else(String::new, |f| format!(" in {}", f.text));
            let vectors: Vec<String> = vectors.iter().map(|v| vector(&v.coordinates) + &field(v)).collect();
            format!("oracle {}({}) = {}", name.text, vectors.join("; "), expression(body))
        }
        StatementNode::Assert(condition) => format!("assert {}", expression(condition)),
        StatementNode::For(name, items, body) => {
            let body: Vec<String> = body.iter().map(statement).collect();
            format!("for {} in {} {{ {} }}", name.text, expression(items), body.join("; "))
        }
        StatementNode::Include(path, _) => format!("include {}", quote(path)),
        StatementNode::Expression(value) => expression(value),
    }
}

/// The coordinates of a vector.
fn vector(coordinates: &[Coordinate]) -> String {
    let coordinate = |c: &Coordinate| match c.count {
        Some(count) => format!("{}[{count}]", c.name.text),
        None => c.name.text.clone(),
    };
    coordinates.iter().map(coordinate).collect::<Vec<_>>().join(", ")
}

/// How tightly a node holds together; an operand looser than its place gets brackets.
fn tightness(node: &Node) -> u8 {
    match node {
        Node::If(..) => 0,
        Node::Chain(_, rest) => match rest.first().map(|(operator, _)| *operator) {
            Some(Operator::Or) => 1,
            Some(Operator::And) => 2,
            Some(Operator::Arrow) => 5,
            Some(Operator::Plus | Operator::Minus) => 7,
            _ => 8,
        },
        Node::Prefix(Prefix::Not, _) => 3,
        Node::Compare(..) => 4,
        Node::Range(..) => 6,
        Node::Prefix(Prefix::Minus, _) => 9,
        Node::Power(..) => 10,
        _ => 11,
    }
}

/// An operand in a place that needs at least this tightness.
fn operand(e: &Expression, least: u8) -> String {
    let text = expression(e);
    if tightness(&e.node) < least { format!("({text})") } else { text }
}

fn list(items: &[Expression]) -> String {
    items.iter().map(expression).collect::<Vec<_>>().join(", ")
}

/// The text of an expression.
pub fn expression(e: &Expression) -> String {
    match &e.node {
        Node::Number(literal) => number(literal),
        Node::Text(text) => quote(text),
        Node::Truth(truth) => truth.to_string(),
        Node::Name(name) => name.clone(),
        Node::History(None) => "_".to_string(),
        Node::History(Some(k)) => format!("_{k}"),
        Node::List(items) => format!("[{}]", list(items)),
        Node::Matrix(rows) => {
            let end = if rows.len() == 1 { ";" } else { "" };
            format!("[{}{end}]", rows.iter().map(|row| list(row)).collect::<Vec<_>>().join("; "))
        }
        Node::Comprehension { value, name, items, condition } => {
            let condition = condition.as_ref().map_or_else(String::new, |c| format!(" if {}", expression(c)));
            format!("[{} for {} in {}{condition}]", expression(value), name.text, operand(items, 1))
        }
        Node::Brackets(table) => brackets(table),
        Node::Prefix(Prefix::Not, inner) => format!("not {}", operand(inner, 3)),
        Node::Prefix(Prefix::Minus, inner) => format!("-{}", operand(inner, 9)),
        Node::Chain(first, rest) => {
            let own = tightness(&e.node);
            let mut text = operand(first, own + 1);
            for (operator, next) in rest {
                text.push_str(&format!(" {} {}", symbol(*operator), operand(next, own + 1)));
            }
            text
        }
        Node::Compare(first, rest) => {
            let mut text = operand(first, 5);
            for (link, next) in rest {
                text.push_str(&format!(" {} {}", comparison(*link), operand(next, 5)));
            }
            text
        }
        // The exponent may carry a sign, so signs need no brackets there; `^` groups to the right.
        Node::Power(base, exponent) => format!("{}^{}", operand(base, 11), operand(exponent, 9)),
        Node::Range(first, last) => format!("{}..{}", operand(first, 7), operand(last, 7)),
        Node::Postfix(base, steps) => {
            let mut text = operand(base, 11);
            for step in steps {
                match &step.node {
                    StepNode::Call(arguments) => {
                        let argument = |a: &Argument| match &a.keyword {
                            Some(keyword) => format!("{} = {}", keyword.text, expression(&a.value)),
                            None => expression(&a.value),
                        };
                        text.push_str(&format!("({})", arguments.iter().map(argument).collect::<Vec<_>>().join(", ")));
                    }
                    StepNode::Index(indices) => text.push_str(&format!("[{}]", list(indices))),
                    StepNode::Attribute(word) => text.push_str(&format!(".{word}")),
                }
            }
            text
        }
        Node::If(branches, otherwise) => {
            let mut text = String::new();
            for (condition, value) in branches {
                // A conditional before `then` or `else` would swallow what follows.
                text.push_str(&format!("if {} then {} else ", operand(condition, 1), operand(value, 1)));
            }
            text + &operand(otherwise, 1)
        }
    }
}

fn number(literal: &Literal) -> String {
    match literal {
        Literal::Exact(x) => decimal(x),
        Literal::Imaginary(x) => format!("{}i", decimal(x)),
        Literal::Float(x) => format!("{x:?}f"),
    }
}

/// A literal is an integer or a finite decimal; written with as many digits after the point as it needs.
fn decimal(x: &Rational) -> String {
    let ten = Rational::from(10);
    let mut scaled = x.clone();
    let mut places = 0;
    // The lexer caps exponents and digits, so this ends.
    while !scaled.is_integer() && places < 120_000 {
        scaled = &scaled * &ten;
        places += 1;
    }
    if places == 0 {
        return x.to_string();
    }
    let digits = scaled.to_string();
    let digits = format!("{}{digits}", "0".repeat((places + 1usize).saturating_sub(digits.len())));
    let (whole, fraction) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    format!("{whole}.{fraction}")
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "or",
        Operator::And => "and",
        Operator::Arrow => "->",
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Over => "/",
    }
}

fn comparison(link: Comparison) -> &'static str {
    match link {
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
    }
}

fn brackets(table: &BracketTable) -> String {
    let basis = table.basis.as_ref().map_or_else(String::new, |basis| {
        format!("({})", basis.iter().map(|n| n.text.as_str()).collect::<Vec<_>>().join(", "))
    });
    let entries: Vec<String> = table
        .entries
        .iter()
        .map(|entry| {
            let mut right = String::new();
            for term in &entry.terms {
                right.push_str(match (right.is_empty(), term.negative) {
                    (true, true) => "-",
                    (true, false) => "",
                    (false, true) => " - ",
                    (false, false) => " + ",
                });
                match &term.coefficient {
                    Some(Expression { node: Node::Number(Literal::Exact(x)), .. }) => right.push_str(&format!("{x} ")),
                    Some(Expression { node: Node::Name(name), .. }) => right.push_str(&format!("{name}*")),
                    Some(other) => right.push_str(&format!("({}) ", expression(other))),
                    None => {}
                }
                right.push_str(&term.element.text);
                if let Some(divisor) = &term.divisor {
                    right.push_str(&format!("/{}", whole(divisor)));
                }
            }
            let right = if right.is_empty() { "0" } else { &right };
            format!("[{}, {}] = {right}", entry.left.text, entry.right.text)
        })
        .collect();
    format!("brackets{basis} {{ {} }}", entries.join("; "))
}

fn whole(divisor: &Rational) -> String {
    divisor.to_string()
}
