//! The search over 20,000 made-up institutions on one core: time to build the
//! index, memory, query times. `cargo bench -p relink-engine --bench search`.
//! Memory is what the allocator says, beside what the index says of itself.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    hint::black_box,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use relink_engine::institutions::{
    Aliases, DirectoryLine, Entry, Index, Policy, Popularity, Query, Usage,
};

const INSTITUTIONS: usize = 20_000;
const ROUNDS: usize = 20;

const FIRST: [&str; 20] = [
    "First",
    "Community",
    "Valley",
    "Heritage",
    "Citizens",
    "Farmers",
    "Peoples",
    "Summit",
    "Pioneer",
    "Liberty",
    "Union",
    "Central",
    "Mountain",
    "Coastal",
    "Prairie",
    "Lakeside",
    "Horizon",
    "Capital",
    "Commerce",
    "Teachers",
];
const SECOND: [&str; 25] = [
    "Springfield",
    "Franklin",
    "Clinton",
    "Madison",
    "Georgetown",
    "Arlington",
    "Ashland",
    "Dover",
    "Oxford",
    "Jackson",
    "Burlington",
    "Manchester",
    "Milton",
    "Newport",
    "Auburn",
    "Dayton",
    "Lexington",
    "Milford",
    "Riverside",
    "Cleveland",
    "Hudson",
    "Kingston",
    "Bristol",
    "Salem",
    "Winchester",
];
const KIND: [&str; 8] = [
    "Bank",
    "National Bank",
    "State Bank",
    "Savings Bank",
    "Credit Union",
    "Federal Credit Union",
    "Bank & Trust",
    "Mortgage",
];
const QUERIES: [&str; 24] = [
    "f",
    "fi",
    "first",
    "first spr",
    "springfield first bank",
    "union springfield",
    "teachers fcu",
    "tecahers credit union",
    "lexingtn",
    "winchster savings",
    "heritgae burlingtn natoinal bank",
    "ctizens",
    "bank",
    "federal credit union",
    "prairie 1234",
    "firstspringfield",
    "pioneermadsion",
    "xyzzy nowhere",
    "https://www.first-springfield-17.example.com/login",
    "first-springfield-17.example.con",
    "021000021",
    "m",
    "san",
    "communty frst dovre credit unoin of hudosn",
];

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "the allocator's interface is unsafe; this one only counts"
)]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn entry(number: usize) -> Entry {
    let (first, second) = (FIRST[number % 20], SECOND[number / 20 % 25]);
    let (kind, round) = (KIND[number / 500 % 8], number / 4000);
    let name = format!(
        "{first} {second} {kind} {}",
        ["", "North", "of Ohio", "West", "Group"][round % 5]
    );
    let host = format!("{first}-{second}-{number}").to_lowercase();
    let line = serde_json::json!({
        "id": number, "name": name.trim(), "status": "online", "transAgg": true,
        "urlHomeApp": format!("https://www.{host}.example"), "urlLogonApp": format!("https://online.{host}.example"),
        "accountTypeDescription": "Banking", "address": { "city": second, "state": "OH", "country": "US" },
        "routingNumbers": [format!("{:09}", 11_000_000 + number)],
    });
    let line: DirectoryLine =
        serde_json::from_value(line).unwrap_or_else(|error| panic!("{error}"));
    line.into()
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let entries: Vec<Entry> = (1..=INSTITUTIONS).map(entry).collect();
    let (aliases, popularity) = (Aliases::shipped(), Popularity::shipped());
    let before = LIVE.load(Ordering::Relaxed);
    let given = entries.clone();
    let (index, build) = timed(|| {
        Index::build(
            given,
            &aliases,
            &popularity,
            &Usage::default(),
            &Policy::OPEN,
        )
    });
    let memory = LIVE.load(Ordering::Relaxed) - before;
    drop(entries);
    let mut times = Vec::new();
    let mut typical = Vec::new();
    for query in QUERIES {
        let mut rounds: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let (hits, time) = timed(|| index.search(&Query::parse(query), 10));
                black_box(hits);
                time
            })
            .collect();
        rounds.sort_unstable();
        typical.push((rounds[ROUNDS / 2], query));
        times.extend(rounds);
    }
    times.sort_unstable();
    typical.sort_unstable();
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    let within = |at: usize| millis(times[at.min(times.len() - 1)]);
    println!("institutions {}", index.len());
    println!("build {:.1} ms", millis(build));
    println!("memory {} by the allocator", mib(memory));
    println!("index {} by its own account", mib(index.heap_bytes()));
    let (half, nearly) = (times.len() / 2, times.len() * 99 / 100);
    println!(
        "query p50 {:.3} ms, p99 {:.3} ms, max {:.3} ms",
        within(half),
        within(nearly),
        within(times.len())
    );
    for (time, query) in typical.iter().rev().take(3) {
        println!("typically {:.3} ms: {query:?}", millis(*time));
    }
}

/// Rounded up to a tenth.
fn mib(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
