//! Connections that wait: silent, half a header, a header without an end, a body that trickles.

use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::common::{self, Programme, Service, tally};
use crate::crowd::{Beginning, Flood, TURN, honest, memory};
use crate::deep;

/// Connections of a flood: the service takes at most 2048 on two cores.
const FLOOD: usize = 3000;
/// Honest senders at a time.
const HONEST: u64 = 16;
/// Most resident memory of the service in any flood here, in KiB; at rest it has some 20 MiB.
const RESIDENT: u64 = 512 * 1024;

/// Connections that this test may have open, with some to spare.
fn allowed() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let soft = line.split_whitespace().next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(usize::MAX);
    FLOOD.min(soft.saturating_sub(200))
}

/// A flood while honest senders go on, and the first request after it.
fn flooded(service: &Service, cards: &[String], number: usize, beginnings: &[Beginning]) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (to, week, flood) = (service.address, service.week(), Flood::default());
    let each = if deep() { 20 } else { 8 };
    std::thread::scope(|scope| {
        let _ends = flood.ends();
        for _ in 0..4 {
            scope.spawn(|| flood.run(to, number / 4, beginnings));
        }
        // It begins when the flood stands, or has been turned away as far as it can be.
        let start = Instant::now();
        while flood.opened.load(Ordering::Relaxed) < number && start.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let sent = honest(to, cards, &week, each);
        let first = sent.iter().filter(|sent| sent.tries == 1 && sent.status == 201).count();
        let mut times: Vec<_> = sent.iter().map(|sent| sent.time).collect();
        times.sort();
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        let tries = sent.iter().map(|sent| sent.tries).max().unwrap_or(0);
        println!(
            "flood of {number} ({} opened, {} stand): {first} of {} honest tallies at the first try, at most {tries}; \
             median {median:.0?}, most {most:.0?}; service {} MiB",
            flood.opened.load(Ordering::Relaxed),
            flood.standing.load(Ordering::Relaxed),
            sent.len(),
            memory(service.child.id(), "VmHWM") / 1024,
        );
        assert!(flood.opened.load(Ordering::Relaxed) >= number, "there was no flood");
        // Nobody had to wait until the silent ran out of their five seconds for a header.
        let mut slowest: Vec<_> = sent.chunks(each as usize).filter_map(|of| of.iter().map(|s| s.time).max()).collect();
        slowest.sort();
        let half = slowest[slowest.len() / 2];
        assert!(half < Duration::from_secs(3), "half of the senders waited {half:?}");
    });
    // All of them have gone: the next one is answered, and the same tallies are all there.
    assert_eq!(service.get("/healthz").status, 200);
    for (n, card) in cards.iter().enumerate() {
        for number in 0..each {
            let again = service.put(card, &common::receipt(n as u64 * 1000 + number), &tally(&week, 1));
            assert_eq!(again.status, 200, "a tally that was taken is not there");
        }
    }
    assert!(memory(service.child.id(), "VmHWM") < RESIDENT, "memory grew");
}

#[test]
fn who_says_nothing_does_not_keep_out_who_speaks() {
    let programme = Programme::new();
    let cards = programme.cards(u32::try_from(HONEST).unwrap());
    flooded(&programme.serve(), &cards, allowed(), &Beginning::ALL);
}

#[test]
fn headers_without_an_end_fill_no_memory() {
    let programme = Programme::new();
    let cards = programme.cards(u32::try_from(HONEST).unwrap());
    flooded(&programme.serve(), &cards, allowed(), &[Beginning::LongHeader]);
}

#[test]
fn with_few_open_files_it_takes_fewer_connections_and_answers_the_same() {
    let programme = Programme::new();
    let cards = programme.cards(2);
    let service = programme.serve_with(&[], |command| {
        let mut limited = Command::new("sh");
        limited.args(["-c", "ulimit -n 640 && exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
        limited.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        *command = limited;
    });
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (week, flood) = (service.week(), Flood::default());
    std::thread::scope(|scope| {
        let _ends = flood.ends();
        for _ in 0..4 {
            scope.spawn(|| flood.run(service.address, 300, &Beginning::ALL));
        }
        while flood.opened.load(Ordering::Relaxed) < 700 {
            std::thread::sleep(Duration::from_millis(20));
        }
        honest(service.address, &cards, &week, 2);
        // A file that cannot be opened would be told as one that is not there.
        let (mut answered, start) = (0, Instant::now());
        while answered < 20 && (answered == 0 || start.elapsed() < Duration::from_secs(5)) {
            let Ok(stream) = TcpStream::connect_timeout(&service.address, Duration::from_secs(2)) else { continue };
            if let Ok(answer) = common::try_request(stream, "GET", "/public/log/checkpoint", &[], b"") {
                assert_eq!(answer.status, 200, "{}", answer.text());
                answered += 1;
            }
        }
        println!("{answered} files read with few open files");
    });
}
