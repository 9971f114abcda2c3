//! What simple ideals over Q become over R: signatures at real places, and their names.

use super::parts::Found;
use super::separators::short_separators;
use super::{IdentifyError, RationalIdeal, RealIdeal};
use crate::exact::Matrix;
use crate::exact::polynomial::Polynomial;
use crate::lie::centroid_generator::{self, Generator, TwistedForms};
use crate::lie::quadratic_place::positive_places;
use crate::lie::signature::{Signature, signature};
use crate::lie::structure::{combination, subalgebra_constants};
use crate::lie::{killing_form, tie_break};
use crate::num::Rational;
use crate::roots::RealForm;

/// The real places of the fields of simple ideals over Q.
pub(super) struct RealPlaces {
    /// For each ideal the index of the Killing form at each real place, in the order of the real roots of its field.
    indices: Vec<Vec<i64>>,
    /// Which of them are asked for, where not all are.
    wanted: Option<Vec<Vec<bool>>>,
}

impl Found<'_> {
    /// Step 3: the signatures at the real places; `None` when the elements are unlucky.
    pub(super) fn real_places(
        &self,
        generator: Option<&Generator>,
        ideals: &[RationalIdeal],
    ) -> Result<Option<RealPlaces>, IdentifyError> {
        let Some(generator) = generator else {
            let found = match self.known {
                Some(signature) => signature,
                None => signature(self.killing, self.limits)?,
            };
            return Ok(Some(RealPlaces { indices: vec![vec![found.index()]], wanted: None }));
        };
        let fields: Vec<&Polynomial> = ideals.iter().map(|ideal| &ideal.field).collect();
        let points = short_separators(&fields).unwrap_or_else(|| generator.polynomial.separate_real_roots());
        let mut wanted = None;
        if let Some(root) = self.root {
            wanted = positive_places(generator, &self.chains.pair.x, root, &fields, &points, self.limits)?;
            if wanted.is_none() {
                return Ok(None);
            }
        }
        let indices = self.indices_at_real_places(generator, ideals, &points)?;
        Ok(Some(RealPlaces { indices, wanted }))
    }

    /// Names the real ideals by their signatures; whether a further form had to tell some apart.
    pub(super) fn name_real_forms(
        &self,
        generator: Option<&Generator>,
        ideals: &mut [RationalIdeal],
        places: &RealPlaces,
    ) -> Result<bool, IdentifyError> {
        let mut told_apart = false;
        for (k, indices) in places.indices.iter().enumerate() {
            let mut forms: Vec<Option<RealForm>> = Vec::new();
            for &index in indices {
                match RealForm::candidates(ideals[k].factor, index)[..] {
                    [] => return Err(IdentifyError::NoGenericElement("real forms")),
                    [form] => forms.push(Some(form)),
                    _ => forms.push(None),
                }
            }
            if forms.contains(&None) {
                told_apart = true;
                forms = self.tell_apart(k, ideals, generator, forms)?;
            }
            let named = forms.into_iter().flatten().zip(indices.iter().copied());
            match &places.wanted {
                // Half of all embeddings of the field lie above one place of a quadratic one.
                Some(wanted) => {
                    let named = named.zip(&wanted[k]).filter(|(_, wanted)| **wanted).map(|(place, _)| place);
                    set_real_ideals(&mut ideals[k], named, 2);
                }
                None => set_real_ideals(&mut ideals[k], named, 1),
            }
        }
        Ok(told_apart)
    }

    /// For each ideal the index of the Killing form at each real place, in the order of the real roots of its field.
    fn indices_at_real_places(
        &self,
        generator: &Generator,
        ideals: &[RationalIdeal],
        points: &[Rational],
    ) -> Result<Vec<Vec<i64>>, IdentifyError> {
        let forms = TwistedForms::new(self.killing, &generator.operator);
        let mut totals = Vec::with_capacity(points.len());
        for c in points {
            self.limits.check()?;
            totals.push(forms.signature_at(c, self.limits)?.index());
        }
        let mut out = vec![Vec::new(); ideals.len()];
        for (ends, totals) in points.windows(2).zip(totals.windows(2)) {
            // The root in between belongs to the field whose polynomial changes its sign there. Passing it turns the
            // sign of its place: the index drops by twice that of the place.
            let turns = |ideal: &RationalIdeal| {
                ideal.field.evaluate(&ends[0]).signum() != ideal.field.evaluate(&ends[1]).signum()
            };
            for (indices, _) in out.iter_mut().zip(ideals).filter(|(_, ideal)| turns(ideal)) {
                indices.push((totals[0] - totals[1]) / 2);
            }
        }
        Ok(out)
    }

    /// The real forms of ideal `k` at its real places where the signature leaves two (see `lie/tie_break.rs`).
    fn tell_apart(
        &self,
        k: usize,
        ideals: &[RationalIdeal],
        generator: Option<&Generator>,
        known: Vec<Option<RealForm>>,
    ) -> Result<Vec<Option<RealForm>>, IdentifyError> {
        let ideal = &ideals[k];
        let operator = generator.map(|generator| &generator.operator);
        let part = match generator {
            Some(generator) if ideals.len() > 1 => {
                let fields: Vec<Polynomial> = ideals.iter().map(|ideal| ideal.field.clone()).collect();
                let space = centroid_generator::ideals(generator, &fields, self.limits)?.swap_remove(k);
                let constants = subalgebra_constants(self.constants, &space, self.limits)?.ok();
                let images = space.basis().iter().map(|v| {
                    let rows: Vec<Vec<Rational>> = generator.operator.iter_rows().map(<[Rational]>::to_vec).collect();
                    space.coordinates(&combination(v, &rows, self.constants.dim()))
                });
                let operator = images.collect::<Option<Vec<_>>>().and_then(Matrix::from_rows);
                constants.zip(operator)
            }
            _ => None,
        };
        let own_killing = match &part {
            Some((constants, _)) => Some(killing_form(constants, self.limits)?),
            None => None,
        };
        let ideal = tie_break::Ideal {
            constants: part.as_ref().map_or(self.constants, |(constants, _)| constants),
            killing: own_killing.as_ref().unwrap_or(self.killing),
            factor: ideal.factor,
            field: &ideal.field,
            operator: part.as_ref().map(|(_, operator)| operator).or(operator),
        };
        match tie_break::tell_apart(&ideal, known, self.limits)? {
            Some(forms) => Ok(forms.into_iter().map(Some).collect()),
            None => Err(IdentifyError::NoGenericElement("real forms that share their signature")),
        }
    }
}

/// What a simple ideal over Q becomes over R: the forms at its real places, and complex algebras at the others. The
/// embeddings of its field that are wanted are its degree over `share`.
fn set_real_ideals(ideal: &mut RationalIdeal, places: impl Iterator<Item = (RealForm, i64)>, share: usize) {
    let dim = ideal.factor.dim();
    for (form, index) in places {
        let positive = ((dim as i64 + index) / 2).max(0) as usize;
        let signature = Signature { positive, negative: dim.saturating_sub(positive), zero: 0 };
        ideal.real.push(RealIdeal { form, signature });
    }
    let embeddings = ideal.field.degree().unwrap_or(0) / share;
    let complex_places = embeddings.saturating_sub(ideal.real.len()) / 2;
    for _ in 0..complex_places {
        let signature = Signature { positive: dim, negative: dim, zero: 0 };
        ideal.real.push(RealIdeal { form: RealForm::complex(ideal.factor), signature });
    }
    ideal.real.sort_by_key(|ideal| ideal.form);
}
