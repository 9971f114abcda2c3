//! The tree of a program as it was written: nothing is resolved yet.
//!
//! Chains of operators and of calls are flat lists, so the depth of a tree is the depth of its brackets,
//! which the parser caps; dropping, checking and evaluating a tree never recurse deeper than that.

use crate::num::Rational;
use crate::span::Span;

/// A whole text.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Its statements in order.
    pub statements: Vec<Statement>,
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it says.
    pub node: StatementNode,
    /// Where it stands.
    pub span: Span,
}

/// The word that opens a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredKind {
    /// `algebra`
    Algebra,
    /// `group`
    Group,
    /// `rep`
    Rep,
    /// `network`
    Network,
    /// `form` without coordinates
    Form,
    /// `let`
    Any,
}

impl DeclaredKind {
    /// The word as it is written.
    pub fn word(self) -> &'static str {
        match self {
            DeclaredKind::Algebra => "algebra",
            DeclaredKind::Group => "group",
            DeclaredKind::Rep => "rep",
            DeclaredKind::Network => "network",
            DeclaredKind::Form => "form",
            DeclaredKind::Any => "let",
        }
    }
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementNode {
    /// `algebra g = …`, `let x = …`
    Declaration(DeclaredKind, Name, Expression),
    /// `let f(x, y) = …`
    Function(Name, Vec<Name>, Expression),
    /// `form q(x, y; z) = …`
    Form(Name, Vec<Vec<Coordinate>>, Expression),
    /// `oracle f(x[4]; y[4] in C) = …`
    Oracle(Name, Vec<OracleVector>, Expression),
    /// `assert …`
    Assert(Expression),
    /// `for x in … { … }`
    For(Name, Expression, Vec<Statement>),
    /// `include "…"`
    Include(String, Span),
    /// An expression whose value is printed.
    Expression(Expression),
}

/// A coordinate of a form: `x`, or `x[7]` for seven of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Coordinate {
    /// Its name.
    pub name: Name,
    /// How many, when written `x[n]`.
    pub count: Option<usize>,
}

/// A vector argument of an oracle.
#[derive(Clone, Debug, PartialEq)]
pub struct OracleVector {
    /// Its coordinates.
    pub coordinates: Vec<Coordinate>,
    /// The field they are in, when it is said.
    pub field: Option<Name>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it says.
    pub node: Node,
    /// Where it stands.
    pub span: Span,
}

/// A number as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `3`, `0.25`
    Exact(Rational),
    /// `3i`
    Imaginary(Rational),
    /// `0.25f`
    Float(f64),
}

/// The operators of flat chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `->`
    Arrow,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// The comparisons; a chain `a < b <= c` holds when each link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// Signs and `not`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// `-`
    Minus,
    /// `not`
    Not,
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number.
    Number(Literal),
    /// A string.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
    /// A name.
    Name(String),
    /// `_` or `_3`.
    History(Option<usize>),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `[a, b; c, d]`
    Matrix(Vec<Vec<Expression>>),
    /// `[value for name in items if condition]`
    Comprehension {
        /// What is collected.
        value: Box<Expression>,
        /// The running name.
        name: Name,
        /// What it runs over.
        items: Box<Expression>,
        /// Which are kept.
        condition: Option<Box<Expression>>,
    },
    /// `brackets { … }`
    Brackets(BracketTable),
    /// `-x`, `not x`
    Prefix(Prefix, Box<Expression>),
    /// `a + b - c`: one level of precedence, grouped to the left.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    /// `a < b <= c`
    Compare(Box<Expression>, Vec<(Comparison, Expression)>),
    /// `a ^ b`
    Power(Box<Expression>, Box<Expression>),
    /// `a..b`
    Range(Box<Expression>, Box<Expression>),
    /// `f(x)[1].y`
    Postfix(Box<Expression>, Vec<Step>),
    /// `if a then b else if c then d else e`
    If(Vec<(Expression, Expression)>, Box<Expression>),
}

/// One step after a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it says.
    pub node: StepNode,
    /// Where it stands.
    pub span: Span,
}

/// A call, an index or an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum StepNode {
    /// `(x, cap = 10)`
    Call(Vec<Argument>),
    /// `[1, 2]`
    Index(Vec<Expression>),
    /// `.name`
    Attribute(String),
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The keyword, when written `keyword = value`.
    pub keyword: Option<Name>,
    /// The value.
    pub value: Expression,
}

/// `brackets(basis) { entries }`
#[derive(Clone, Debug, PartialEq)]
pub struct BracketTable {
    /// The basis in order, when it was given.
    pub basis: Option<Vec<Name>>,
    /// The entries in order.
    pub entries: Vec<BracketEntry>,
}

/// `[left, right] = terms`
#[derive(Clone, Debug, PartialEq)]
pub struct BracketEntry {
    /// The first element.
    pub left: Name,
    /// The second element.
    pub right: Name,
    /// The right side; empty for zero.
    pub terms: Vec<BracketTerm>,
    /// Where the entry stands.
    pub span: Span,
}

/// `± coefficient · element / divisor`
#[derive(Clone, Debug, PartialEq)]
pub struct BracketTerm {
    /// Whether a minus sign stands before it.
    pub negative: bool,
    /// The coefficient, when there is one.
    pub coefficient: Option<Expression>,
    /// The basis element.
    pub element: Name,
    /// The number after `/`.
    pub divisor: Option<Rational>,
}
