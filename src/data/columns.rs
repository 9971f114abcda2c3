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

/// What of a table is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The columns, in this order; all of them by default. The others may hold text.
    pub columns: Option<Vec<String>>,
    /// Whether rows with a missing value are left out; otherwise they are an error.
    pub drop_missing: bool,
}

/// Cells that stand for a missing value, in small letters.
const MISSING: [&str; 8] = ["", "na", "n/a", "nan", "null", "none", "?", "-"];

/// Reads a table: one row a line, cells separated by tabs, semicolons or commas, whichever of them the first line has first,
/// or by spaces. The first line names the columns; when it holds numbers only they are called `c1`, `c2`, …, and so is a column
/// whose name is empty. Empty lines and lines that start with `#` are skipped, a cell may stand in double quotes, every other
/// cell is a finite number, where commas do not separate perhaps with a decimal comma.
pub fn csv(text: &str, wanted: &Wanted, limits: &Limits) -> Result<Columns, DataError> {
    limits.reserve(text.len() as u128 * 8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let lines = text.split(end).map(|line| line.trim_end_matches('\r')).enumerate();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).peekable();
    let Some((at, first)) = lines.peek().copied() else {
        return Err(DataError::new(Fault::Format, "the table is empty"));
    };
    let separator = separator(first);
    let mut names = split(first, separator);
    let mut reader = Reader { separator, point: None, comma: None };
    if names.iter().all(|cell| reader.number(cell, at).is_some()) {
        names.iter_mut().for_each(String::clear);
    } else {
        lines.next();
    }
    let width = names.len();
    // A separator at the end of every line makes no column.
    let trailing =
        width > 1 && names[width - 1].is_empty() && lines.clone().all(|(_, l)| l.trim_end().ends_with(separator));
    names.truncate(width - usize::from(trailing));
    for (k, name) in names.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
        *name = format!("c{}", k + 1);
    }
    for (k, name) in names.iter().enumerate() {
        if names.iter().take(k).any(|other| other == name) {
            let message = format!("line {}: two columns are called `{name}`", at + 1);
            return Err(DataError::new(Fault::Duplicate, message));
        }
    }
    let chosen = chosen(&names, wanted)?;
    let mut out = Columns { names: chosen.iter().map(|&k| names[k].clone()).collect(), numbers: Vec::new() };
    for (count, (at, line)) in lines.enumerate() {
        if count.is_multiple_of(4096) {
            limits.check()?;
        }
        let cells = split(line, separator);
        if cells.len() != width {
            let message = format!("line {} has {} cells, the first line has {width}", at + 1, cells.len());
            return Err(DataError::new(Fault::Shape, message));
        }
        let before = out.numbers.len();
        for &k in &chosen {
            match reader.number(&cells[k], at) {
                Some(x) => out.numbers.push(x),
                None if wanted.drop_missing && is_missing(&cells[k]) => {
                    out.numbers.truncate(before);
                    break;
                }
                None => return Err(reader.wrong(&cells[k], at, &names[k])),
            }
        }
    }
    match (reader.point, reader.comma) {
        (Some(point), Some(comma)) => Err(DataError::new(
            Fault::Number,
            format!("line {} has decimal points, line {} decimal commas", point + 1, comma + 1),
        )),
        _ => Ok(out),
    }
}

/// The places of the columns that are wanted.
fn chosen(names: &[String], wanted: &Wanted) -> Result<Vec<usize>, DataError> {
    let Some(columns) = &wanted.columns else { return Ok((0..names.len()).collect()) };
    let place = |column: &String| {
        names.iter().position(|name| name == column).ok_or_else(|| {
            let message = format!("there is no column `{column}`; there are {}", names.join(", "));
            DataError::new(Fault::Argument, message)
        })
    };
    columns.iter().map(place).collect()
}

fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell.to_lowercase().as_str())
}

/// What separates the cells of the first line, outside of quotes.
fn separator(first: &str) -> char {
    let outside: String = first.split('"').step_by(2).collect();
    ['\t', ';', ','].into_iter().find(|c| outside.trim().contains(*c)).unwrap_or(if outside.trim().contains(' ') {
        ' '
    } else {
        ','
    })
}

/// Numbers as they are written in one file.
struct Reader {
    separator: char,
    /// The first lines with a decimal point and with a decimal comma: a file has no business with both.
    point: Option<usize>,
    comma: Option<usize>,
}

impl Reader {
    fn number(&mut self, cell: &str, line: usize) -> Option<f64> {
        let finite = |text: &str| text.parse::<f64>().ok().filter(|x| x.is_finite());
        if self.separator != ',' && cell.matches(',').count() == 1 && !cell.contains('.') {
            let value = finite(&cell.replace(',', "."))?;
            self.comma.get_or_insert(line);
            return Some(value);
        }
        let value = finite(cell)?;
        if cell.contains('.') {
            self.point.get_or_insert(line);
        }
        Some(value)
    }

    fn wrong(&self, cell: &str, line: usize, column: &str) -> DataError {
        let place = format!("line {}, column `{column}`", line + 1);
        if is_missing(cell) {
            let shown = if cell.is_empty() { String::new() } else { format!(" (`{cell}`)") };
            let message = format!("{place}: a value is missing{shown}; missing = \"drop\" leaves such rows out");
            return DataError::new(Fault::Number, message);
        }
        let shown: String = cell.chars().take(30).collect();
        let mut message = format!("{place}: `{shown}` is no finite number");
        let groups: Vec<&str> = cell.trim_start_matches(['-', '+']).split(',').collect();
        if groups.len() > 1 && groups.iter().all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit())) {
            message +=
                "; decimal commas need semicolons or tabs between cells, and no cell has commas between thousands";
        } else if cell.chars().any(char::is_alphabetic) {
            message += "; columns = [\"…\", …] reads some columns only";
        }
        DataError::new(Fault::Number, message)
    }
}

/// The cells of a line; a doubled quote inside quotes stands for one, several spaces for one separator.
fn split(line: &str, separator: char) -> Vec<String> {
    if separator == ' ' {
        return line.split_whitespace().map(|cell| cell.trim_matches('"').to_string()).collect();
    }
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
        csv(text, &Wanted::default(), &Limits::none()).map_err(|e| e.fault)
    }

    fn chosen(text: &str, columns: Option<&[&str]>, drop_missing: bool) -> Result<Columns, String> {
        let columns = columns.map(|c| c.iter().map(|name| name.to_string()).collect());
        csv(text, &Wanted { columns, drop_missing }, &Limits::none()).map_err(|e| e.message)
    }

    #[test]
    fn ends_of_lines_spaces_and_commas() {
        assert_eq!(read("x,y\r1,2\r3,4").unwrap().numbers, [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(read("  x   y\n 1  -2e3 \n\t3\t4").unwrap().numbers, [1.0, -2000.0, 3.0, 4.0]);
        assert_eq!(read("x,y,\n1,2,\n3,4,\n").unwrap(), read("x,y\n1,2\n3,4").unwrap());
        // The index that other programs write has no name.
        assert_eq!(read(",x\n0,1\n").unwrap().names, ["c1", "x"]);
        // Decimal commas, with and without a header, and what is none.
        assert_eq!(read("x;y\n0,5;-1,25e1\n2;3").unwrap().numbers, [0.5, -12.5, 2.0, 3.0]);
        assert_eq!(read("0,5;1,5\n2;3").unwrap().numbers, [0.5, 1.5, 2.0, 3.0]);
        assert_eq!(read("x;y\n0,5;1.5"), Err(Fault::Number));
        assert_eq!(read("x;y\n1.234,5;2"), Err(Fault::Number));
        let message = chosen("x,y\n\"1,000\",2", None, false).unwrap_err();
        assert!(message.contains("thousands"), "{message}");
    }

    #[test]
    fn some_columns_and_missing_values() {
        let text = "name,x,y\na,1,2\nb,,3\nc,4,NaN\nd,5,6\n";
        assert_eq!(chosen(text, Some(&["y", "x"]), true).unwrap().numbers, [2.0, 1.0, 6.0, 5.0]);
        assert_eq!(chosen(text, Some(&["y", "x"]), true).unwrap().names, ["y", "x"]);
        let message = chosen(text, Some(&["x"]), false).unwrap_err();
        assert!(message.starts_with("line 3, column `x`: a value is missing; missing = \"drop\""), "{message}");
        assert!(chosen(text, Some(&["y"]), false).unwrap_err().contains("(`NaN`)"));
        assert!(chosen(text, None, true).unwrap_err().contains("columns ="));
        assert!(chosen(text, Some(&["z"]), true).unwrap_err().contains("there are name, x, y"));
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
