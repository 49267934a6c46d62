//! How much memory a program keeps that it has freed.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

const VARIABLE: &str = "MALLOC_ARENA_MAX";
const ARENAS: &str = "2";

/// Begins this program anew with two arenas of memory, unless whoever started it has decided on another number; the process stays
/// the same.
///
/// The allocator of glibc gives nearly each thread an arena, eight for each core at most, and what is freed in one of them does not
/// serve the others (mallopt(3), `M_ARENA_MAX`): a server that has been busy kept half as much again. The number is read from the
/// environment before `main`, and nothing but a foreign function sets it later.
pub fn few_arenas() {
    let is_glibc = cfg!(all(target_os = "linux", target_env = "gnu"));
    if !is_glibc || env::var_os(VARIABLE).is_some() {
        return;
    }
    let mut arguments = env::args_os();
    if let (Some(name), Ok(program)) = (arguments.next(), env::current_exe()) {
        // It comes back only where that cannot be done, and the program goes on as it is.
        drop(Command::new(program).arg0(name).args(arguments).env(VARIABLE, ARENAS).exec());
    }
}
