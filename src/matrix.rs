//! Floor 0: dense matrices with entries of any kind, stored by rows. It is a container; what is computed with it is in `exact/` and
//! `float/`.

use std::ops::{Index, IndexMut};

/// A dense `rows × cols` matrix, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix<T> {
    rows: usize,
    cols: usize,
    data: Vec<T>,
}

impl<T: Clone> Matrix<T> {
    /// The matrix with every entry equal to `value`.
    pub fn filled(rows: usize, cols: usize, value: T) -> Matrix<T> {
        Matrix { rows, cols, data: vec![value; rows * cols] }
    }

    /// The matrix with entry `f(i, j)` at row `i`, column `j`.
    pub fn from_fn(rows: usize, cols: usize, mut f: impl FnMut(usize, usize) -> T) -> Matrix<T> {
        let mut data = Vec::with_capacity(rows * cols);
        for i in 0..rows {
            data.extend((0..cols).map(|j| f(i, j)));
        }
        Matrix { rows, cols, data }
    }

    /// A matrix from its rows; `None` when they differ in length.
    pub fn from_rows(rows: Vec<Vec<T>>) -> Option<Matrix<T>> {
        let cols = rows.first().map_or(0, Vec::len);
        let count = rows.len();
        if rows.iter().any(|r| r.len() != cols) {
            return None;
        }
        Some(Matrix { rows: count, cols, data: rows.into_iter().flatten().collect() })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Row `i` as a slice.
    pub fn row(&self, i: usize) -> &[T] {
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// Row `i`, to be changed.
    pub fn row_mut(&mut self, i: usize) -> &mut [T] {
        &mut self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// All rows in order.
    pub fn iter_rows(&self) -> impl Iterator<Item = &[T]> {
        (0..self.rows).map(move |i| self.row(i))
    }

    /// All entries, row by row.
    pub fn entries(&self) -> &[T] {
        &self.data
    }

    /// The entry at row `i`, column `j`, or `None` outside.
    pub fn get(&self, i: usize, j: usize) -> Option<&T> {
        if i < self.rows && j < self.cols { self.data.get(i * self.cols + j) } else { None }
    }

    /// The transpose.
    pub fn transpose(&self) -> Matrix<T> {
        Matrix::from_fn(self.cols, self.rows, |i, j| self[(j, i)].clone())
    }

    /// The matrix with `f` applied to every entry.
    pub fn map<U>(&self, f: impl FnMut(&T) -> U) -> Matrix<U> {
        Matrix { rows: self.rows, cols: self.cols, data: self.data.iter().map(f).collect() }
    }

    /// Swaps two rows.
    pub fn swap_rows(&mut self, a: usize, b: usize) {
        if a != b {
            for j in 0..self.cols {
                self.data.swap(a * self.cols + j, b * self.cols + j);
            }
        }
    }
}

impl<T> Index<(usize, usize)> for Matrix<T> {
    type Output = T;
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.data[i * self.cols + j]
    }
}

impl<T> IndexMut<(usize, usize)> for Matrix<T> {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.data[i * self.cols + j]
    }
}
