//! The corpus, at every run of the tests: what was found once stays found without libFuzzer.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::ALL;
use super::input::{LARGE, meant};

/// Most files of a consumer.
const FILES: usize = 60;
/// Longest file, in bytes.
const LONGEST: u64 = 4 * 1024;

fn in_fuzz(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "fuzz", folder].iter().collect()
}

/// What is in a folder, by name.
fn entries(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(in_fuzz(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_file_of_the_corpus_is_read_as_it_has_to_be() {
    for (name, consumer) in ALL {
        let folder = format!("corpus/{name}");
        for file in entries(&folder) {
            // Shown when it fails.
            println!("{folder}/{file}");
            consumer(&fs::read(in_fuzz(&folder).join(file)).unwrap());
        }
    }
}

#[test]
fn every_consumer_has_a_fuzz_target_and_a_corpus() {
    let names: BTreeSet<String> = ALL.map(|(name, _)| name.to_owned()).into();
    assert_eq!(entries("corpus"), names);
    assert_eq!(entries("src/bin"), names.iter().map(|name| format!("{name}.rs")).collect());
}

#[test]
fn the_corpus_is_small() {
    for (name, _) in ALL {
        let folder = format!("corpus/{name}");
        let files = entries(&folder);
        assert!((10..=FILES).contains(&files.len()), "{folder} has {} files", files.len());
        for file in files {
            let bytes = fs::metadata(in_fuzz(&folder).join(&file)).unwrap().len();
            assert!(bytes <= LONGEST, "{folder}/{file} has {bytes} bytes");
        }
    }
}

#[test]
fn a_repetition_is_written_in_short() {
    assert_eq!(*meant(b"\xff3\xff{{ \xffnot \xff1 }}"), *b"{{ not not not 1 }}");
    assert_eq!(meant(b"\xff99999999\xffx\xff[\xff").len(), 1 + LARGE);
    for itself in [b"".as_slice(), b"a\xff1\xffb\xffc\xff", b"\xff1\xffb\xffc"] {
        assert_eq!(*meant(itself), *itself);
    }
    assert_eq!(*meant(b"\xffmany\xffa\xffb\xffc\xff"), *b"ac\xff");
}
