//! How networks look.

use serde_json::{Map, Value as Json, json};

use super::with_symbol;
use crate::lang::value::NetworkValue;
use crate::nets::{Architecture, Constancy, Network};
use crate::show::Markup;

pub(super) fn network_markup(network: &Network) -> Markup {
    let (from, to) = (network.from(), network.to());
    let words = format!("{} → {}", from.name(), to.name());
    with_symbol(&network_line(network), &words, &format!("{} \\to {}", from.latex_name(), to.latex_name()))
}

/// `network 2V → 1 of O(5): gated, 3 hidden layers, 205 parameters`.
pub fn network_line(network: &Network) -> String {
    let hidden = match network.architecture() {
        Architecture::Gated(_) => Some(network.layers().iter().filter(|l| l.1.kind() == "gate").count()),
        Architecture::Pointwise(_) | Architecture::Plain(_) => Some(network.layers().len() / 2),
        Architecture::TensorProduct | Architecture::Convolution => None,
    };
    let layers = hidden.map(|n| format!(", {n} hidden layer{}", if n == 1 { "" } else { "s" })).unwrap_or_default();
    let symmetry = if network.is_equivariant() { "" } else { " without symmetry" };
    let constant = match network.constancy() {
        None => String::new(),
        Some(Constancy::Structure) => "; its value does not depend on its argument".to_string(),
        Some(Constancy::Values(spread)) => {
            format!("; its value does not depend on its argument: values at random ones agree to {spread:.1e}")
        }
    };
    format!(
        "network {} → {} of {}{symmetry}: {}{layers}, {} parameter{}{constant}",
        network.from(),
        network.to(),
        network.from().base().name(),
        architecture(network),
        network.parameters(),
        if network.parameters() == 1 { "" } else { "s" }
    )
}

pub(super) fn architecture(network: &Network) -> &'static str {
    match network.architecture() {
        Architecture::Gated(true) => "gated and bilinear",
        Architecture::Gated(false) => "gated",
        Architecture::Pointwise(activation) | Architecture::Plain(activation) => activation.name(),
        Architecture::TensorProduct => "tensor product",
        Architecture::Convolution => "convolution",
    }
}

/// The keys of a network in JSON.
pub fn network_keys(it: &NetworkValue) -> Map<String, Json> {
    let network = &it.network;
    let layer = |(name, layer): &(String, crate::nets::Layer)| {
        let (from, to) = (layer.source(), layer.target());
        json!({"name": name, "type": layer.kind(), "from": from.name(), "to": to.name(), "from_dim": from.dim(),
            "to_dim": to.dim(), "parameters": layer.parameters()})
    };
    let keys = [
        ("group", json!(network.from().base().name())),
        ("from", json!(network.from().name())),
        ("to", json!(network.to().name())),
        ("architecture", json!(architecture(network))),
        ("equivariant", json!(network.is_equivariant())),
        ("parameters", json!(network.parameters())),
        ("constant", json!(network.constancy().is_some())),
        ("spread", json!(network.spread())),
        ("layers", network.layers().iter().map(layer).collect()),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}
