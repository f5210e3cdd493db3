//! A small reader of Rust source: tokens without comments and strings, and the paths in them.

/// Paths found in a file.
#[derive(Default)]
pub struct Paths {
    /// Below our crate, without `crate::`.
    pub ours: Vec<String>,
    /// Below anything else.
    pub others: Vec<String>,
}

/// Words and single signs (`::` is one token), without comments, strings and characters.
pub fn tokens(text: &str) -> Vec<String> {
    lines_of_tokens(text).into_iter().map(|(_, token)| token).collect()
}

fn lines_of_tokens(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut line, mut out) = (0, 1, Vec::new());
    let word = |c: char| c.is_alphanumeric() || c == '_';
    while i < chars.len() {
        let start = i;
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (depth, i) = (depth + 1, i + 2),
                    ('*', '/') => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
                if depth == 0 || i >= chars.len() {
                    break;
                }
            }
        } else if let Some(end) = string_end(&chars, i) {
            i = end;
        } else if c == '\'' {
            // A character, or a lifetime.
            if at(i + 1) == '\\' {
                i += 3;
                while at(i) != '\'' && i < chars.len() {
                    i += 1;
                }
                i += 1;
            } else if at(i + 2) == '\'' {
                i += 3;
            } else {
                i += 1;
            }
        } else if word(c) {
            while word(at(i)) {
                i += 1;
            }
            out.push((line, chars[start..i].iter().collect()));
        } else if c == ':' && at(i + 1) == ':' {
            i += 2;
            out.push((line, "::".to_owned()));
        } else {
            i += 1;
            if !c.is_whitespace() {
                out.push((line, c.to_string()));
            }
        }
        line += chars[start..i.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    out
}

/// Where a string that starts at `i` ends; raw and byte strings too.
fn string_end(chars: &[char], mut i: usize) -> Option<usize> {
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    if i > 0 && (at(i - 1).is_alphanumeric() || at(i - 1) == '_') {
        return None;
    }
    while matches!(at(i), 'b' | 'c') && matches!(at(i + 1), '"' | 'r') {
        i += 1;
    }
    let mut hashes = 0;
    let raw = at(i) == 'r';
    if raw {
        i += 1;
        while at(i) == '#' {
            (hashes, i) = (hashes + 1, i + 1);
        }
    }
    if at(i) != '"' {
        return None;
    }
    i += 1;
    while i < chars.len() {
        if !raw && at(i) == '\\' {
            i += 2;
        } else if at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#') {
            return Some(i + 1 + hashes);
        } else {
            i += 1;
        }
    }
    Some(i)
}

/// All paths of a file, groups in braces expanded.
pub fn paths(tokens: &[String], file: &str) -> Paths {
    let mut found = Paths::default();
    let depth = match file.split('/').collect::<Vec<_>>().as_slice() {
        ["main.rs" | "lib.rs"] => 0,
        [.., "mod.rs"] => file.matches('/').count(),
        parts => parts.len(),
    };
    for (i, token) in tokens.iter().enumerate() {
        let is_word = token.starts_with(|c: char| c.is_alphabetic() || c == '_');
        // Inside a path, unless it begins with `::`.
        let before = |n: usize| i.checked_sub(n).and_then(|at| tokens.get(at)).map_or("", String::as_str);
        let inside = |t: &str| t != "use" && t.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '>');
        let continues = before(1) == "::" && inside(before(2));
        let starts =
            tokens.get(i + 1).is_some_and(|t| t == "::") || ["use", "crate"].contains(&before(1)) || before(1) == "::";
        if !is_word || continues || !starts {
            continue;
        }
        for path in expand(tokens, i) {
            let supers = path.iter().take_while(|part| *part == "super").count();
            match path.first().map(String::as_str) {
                Some("crate" | "peertally") => found.ours.push(path[1..].join("::")),
                Some("super") if supers >= depth && path.len() > supers => {
                    // A test module inside the file is one deeper: then this is a name of the room itself.
                    let name = path[supers..].join("::");
                    if super::ROOMS.iter().any(|(room, _)| *room == path[supers]) {
                        found.ours.push(name);
                    }
                }
                Some("super" | "self" | "Self") | None => {}
                Some(_) => found.others.push(path.join("::")),
            }
        }
    }
    found
}

/// The path that starts at `i`, as many paths where it has braces.
fn expand(tokens: &[String], mut i: usize) -> Vec<Vec<String>> {
    let mut path = Vec::new();
    while let Some(token) = tokens.get(i) {
        if token == "{" {
            let (mut all, mut depth, mut start) = (Vec::new(), 0, true);
            for (at, inner) in tokens.iter().enumerate().skip(i) {
                match inner.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    "," => start = depth == 1,
                    _ if depth == 1 && start => {
                        start = false;
                        let tails = expand(tokens, at);
                        all.extend(tails.into_iter().map(|tail| path.iter().cloned().chain(tail).collect()));
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            return all;
        }
        if token != "self" || path.is_empty() {
            path.push(token.clone());
        }
        if tokens.get(i + 1).is_none_or(|t| t != "::") {
            break;
        }
        i += 2;
    }
    vec![path]
}

/// Functions of a file with the number of lines between their braces.
pub fn function_lengths(text: &str) -> Vec<(String, usize)> {
    let tokens = lines_of_tokens(text);
    let mut found = Vec::new();
    for (i, (line, token)) in tokens.iter().enumerate() {
        let Some((_, name)) = tokens.get(i + 1).filter(|_| token == "fn") else { continue };
        let (mut depth, mut open) = (0, *line);
        for (end, inner) in &tokens[i..] {
            match inner.as_str() {
                "{" => {
                    open = if depth == 0 { *end } else { open };
                    depth += 1;
                }
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => continue,
            }
            if depth == 0 {
                found.push((name.clone(), (end - open).saturating_sub(1)));
                break;
            }
        }
    }
    found
}
