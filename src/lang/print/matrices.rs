//! How matrices look.

use super::SHOWN;
use crate::exact::Matrix;
use crate::num::Cyclotomic;
use crate::show::Markup;

pub(super) fn matrix_source<T: Clone>(m: &Matrix<T>, entry: impl Fn(&T) -> String) -> String {
    if m.rows() == 0 || m.cols() == 0 {
        return format!("zeros({}, {})", m.rows(), m.cols());
    }
    let rows: Vec<String> = m.iter_rows().map(|row| row.iter().map(&entry).collect::<Vec<_>>().join(", ")).collect();
    let end = if m.rows() == 1 { ";" } else { "" };
    format!("[{}{end}]", rows.join("; "))
}

pub(super) fn matrix_markup<T: Clone>(m: &Matrix<T>, entry: impl Fn(&T) -> String) -> Markup {
    if m.rows() == 0 || m.cols() == 0 {
        return Markup::text(format!("{}×{} matrix", m.rows(), m.cols()));
    }
    Markup::matrix_elided(m.rows(), m.cols(), SHOWN, |i, j| m.get(i, j).map_or_else(String::new, &entry))
}

/// Entries as `(1+√5)/2` and `ζ5^2`.
pub fn cyclotomic_markup(m: &Matrix<Cyclotomic>) -> Markup {
    if m.rows() == 0 || m.rows() > SHOWN || m.cols() > SHOWN {
        return matrix_markup(m, Cyclotomic::to_string);
    }
    let entry = |x: &Cyclotomic| match x.conductor() {
        1 => Markup::number(x.to_string()),
        _ => Markup::symbol(x.to_string(), x.latex()),
    };
    Markup::matrix(m.iter_rows().map(|row| row.iter().map(entry).collect()).collect())
}
