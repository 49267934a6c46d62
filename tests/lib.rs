//! What the tests of the whole product share: [`consumers`], everything that reads bytes from outside. The end-to-end tests
//! live in `e2e/`, the fuzz targets in `fuzz/`.

pub mod consumers;
