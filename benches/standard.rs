//! Time to grade one film: `cargo bench --bench standard`.

use criterion::{Criterion, criterion_group, criterion_main};
use hemozoin::standard::{Context, FieldCount, Films, Graded, Profile, WbcUsed, grade_fields, parse_fields};

fn grade_a_film(c: &mut Criterion) {
    let profile = Profile::standard().unwrap();
    let assumed = WbcUsed::assumed(&profile);
    let mut group = c.benchmark_group("grade 100 fields");
    for (name, text) in [("none seen", "100x0:16"), ("few", "100x1:16"), ("many", "100x120:16")] {
        let fields: Vec<FieldCount> = parse_fields(text).unwrap();
        group.bench_function(name, |b| {
            b.iter(|| {
                let film = grade_fields(std::hint::black_box(&fields), assumed, &profile);
                Graded::of(&Films::Thick(film), &Context::default(), &profile)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, grade_a_film);
criterion_main!(benches);
