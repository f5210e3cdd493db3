//! What holds of the code and its formats: layers, vectors, fuzz seeds, noise, documents.

mod fuzz_seeds;
mod layering;
mod locale_build;
mod release_noise;
mod security_table;
mod vectors;
