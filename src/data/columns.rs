//! Tables of numbers with named columns, from `.csv` text.

use super::{DataError, Fault};
use crate::limits::Limits;

/// A table: as many numbers in every row as there are names.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The names of the columns.
    pub names: Vec<String>,
    /// The numbers, row after row.
    pub numbers: Vec<f64>,
}

impl Columns {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.numbers.len().checked_div(self.names.len()).unwrap_or(0)
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.names.len()
    }

    /// The column with this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// The numbers of some columns, row after row.
    pub fn select(&self, columns: &[usize]) -> Vec<f64> {
        let rows = self.numbers.chunks(self.cols().max(1));
        rows.flat_map(|row| columns.iter().filter_map(|&c| row.get(c).copied())).collect()
    }
}

/// Reads a table: one row a line, cells separated by commas, semicolons or tabs, whichever the first line has. The first
/// line names the columns; when it holds numbers only they are called `c1`, `c2`, …. Empty lines and lines that start with
/// `#` are skipped, a cell may stand in double quotes, every other cell is a finite number.
pub fn csv(text: &str, limits: &Limits) -> Result<Columns, DataError> {
    limits.reserve(text.len() as u128 * 8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((at, first)) = lines.next() else {
        return Err(DataError::new(Fault::Format, "the table is empty"));
    };
    let separator = [',', ';', '\t'].into_iter().find(|c| first.contains(*c)).unwrap_or(',');
    let cells = split(first, separator);
    let numbers: Option<Vec<f64>> = cells.iter().map(|cell| number(cell)).collect();
    let mut out = Columns { names: Vec::new(), numbers: Vec::new() };
    match numbers {
        Some(row) => {
            out.names = (1..=row.len()).map(|k| format!("c{k}")).collect();
            out.numbers = row;
        }
        None => out.names = cells,
    }
    for (k, name) in out.names.iter().enumerate() {
        if out.names.iter().take(k).any(|other| other == name) {
            let message = format!("line {}: two columns are called `{name}`", at + 1);
            return Err(DataError::new(Fault::Duplicate, message));
        }
    }
    for (count, (at, line)) in lines.enumerate() {
        if count.is_multiple_of(4096) {
            limits.check()?;
        }
        let before = out.numbers.len();
        for cell in split(line, separator) {
            let Some(x) = number(&cell) else {
                let column = out.numbers.len() - before + 1;
                let shown: String = cell.chars().take(30).collect();
                let message = format!("line {}, column {column}: `{shown}` is no finite number", at + 1);
                return Err(DataError::new(Fault::Number, message));
            };
            out.numbers.push(x);
        }
        let found = out.numbers.len() - before;
        if found != out.cols() {
            let message = format!("line {} has {found} cells, the first line has {}", at + 1, out.cols());
            return Err(DataError::new(Fault::Shape, message));
        }
    }
    Ok(out)
}

fn number(cell: &str) -> Option<f64> {
    cell.parse::<f64>().ok().filter(|x| x.is_finite())
}

/// The cells of a line; a doubled quote inside quotes stands for one.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let (mut quoted, mut letters) = (false, line.chars().peekable());
    while let Some(c) = letters.next() {
        let cell = cells.len() - 1;
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells[cell].push('"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cells[cell].push(c),
        }
    }
    cells.iter().map(|cell| cell.trim().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Columns, Fault> {
        csv(text, &Limits::none()).map_err(|e| e.fault)
    }

    #[test]
    fn tables_in_several_manners() {
        let table = read("# points\nx, y,\"a, \"\"b\"\"\"\n1,2,3\n\n-1e-3, .5 ,7\n").unwrap();
        assert_eq!(table.names, ["x", "y", "a, \"b\""]);
        assert_eq!(table.numbers, [1.0, 2.0, 3.0, -1e-3, 0.5, 7.0]);
        assert_eq!((table.rows(), table.cols(), table.position("y")), (2, 3, Some(1)));
        assert_eq!(table.select(&[2, 0]), [3.0, 1.0, 7.0, -1e-3]);
        assert_eq!(read("1;2\r\n3;4\r\n").unwrap().names, ["c1", "c2"]);
        assert_eq!(read("\u{feff}t\n1").unwrap().names, ["t"]);
    }

    #[test]
    fn hostile_tables() {
        assert_eq!(read(""), Err(Fault::Format));
        assert_eq!(read("x,y\n1"), Err(Fault::Shape));
        assert_eq!(read("x,y\n1,2,3"), Err(Fault::Shape));
        assert_eq!(read("x,x\n1,2"), Err(Fault::Duplicate));
        for cell in ["nan", "inf", "1e999", "", "x", "1 2"] {
            assert_eq!(read(&format!("x,y\n1,{cell}\n")), Err(Fault::Number), "{cell}");
        }
    }
}
