# Sourced: a programme with one published period and one open, served on loopback.
#
#   service_start WORK   sets PEERTALLY (address), CARD (a card in use), PERIOD (published); needs $program
#   service_stop
service_start() {
    local work=$1
    "$program" init --data "$work/data" >/dev/null
    PERIOD=2025-Q1
    "$program" period open "$PERIOD" --data "$work/data" >/dev/null
    "$program" import tests/data/outreach-40.csv --data "$work/data" >/dev/null
    "$program" close "$PERIOD" --data "$work/data" >/dev/null
    "$program" cards issue --count 2 --data "$work/data" --out "$work/cards.html" --codes "$work/cards.codes" >/dev/null
    CARD=$(head -n 1 "$work/cards.codes")
    "$program" serve --data "$work/data" --listen 127.0.0.1:0 >"$work/listening" 2>"$work/service.log" &
    SERVICE=$!
    local tries=0
    until grep -qs listening "$work/listening"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] && kill -0 "$SERVICE" || { cat "$work/service.log"; return 1; }
        sleep 0.1
    done
    PEERTALLY=$(sed -n 's/^listening on //p' "$work/listening")
    export PEERTALLY CARD PERIOD
}
service_stop() { kill "$SERVICE" 2>/dev/null && wait "$SERVICE" 2>/dev/null || true; }
