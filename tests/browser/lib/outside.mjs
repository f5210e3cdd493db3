// The outside world: answers for every host that is not the service, so that nothing can leave this machine, and
// writes down who was asked. A page that asks for anything here but the programme's exit is at fault.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function outside() {
  const place = mkdtempSync(join(process.env.PEERTALLY_WORK ?? tmpdir(), "outside-"));
  const [key, cert] = [join(place, "key.pem"), join(place, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=exit.example", "-keyout", key, "-out", cert], { stdio: "pipe" });
  const seen = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    if (request.url !== "/favicon.ico") seen.push({ address: `https://${request.headers.host}${request.url}`, headers: request.headers });
    response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Elsewhere</title><p>Elsewhere");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    seen,
    /** Chromium's rule: every other host is here. */
    rule: `MAP * 127.0.0.1:${server.address().port}, EXCLUDE 127.0.0.1`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
