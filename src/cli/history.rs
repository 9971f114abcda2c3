//! Where the REPL keeps what was typed.

use std::env;
use std::path::PathBuf;

/// Overrides the path of the history; empty means none is kept.
const VARIABLE: &str = "SYMMETRA_HISTORY";

/// The history file: as `SYMMETRA_HISTORY` says, else where the platform keeps such state; none without a home.
pub fn path() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os(VARIABLE) {
        return (!chosen.is_empty()).then(|| PathBuf::from(chosen));
    }
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))
    };
    state.map(|state| state.join("symmetra").join("history"))
}
