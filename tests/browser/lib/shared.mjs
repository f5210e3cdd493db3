// One origin for several services, each under a path of its own, as a proxy may put them; and what may come between:
// no network, or a phone that runs no scripts.
import { createServer, request } from "node:http";

/** `services` is path → address, such as `{ "/notes/": "http://127.0.0.1:1" }`. */
export async function sharedOrigin(services) {
  const asked = [];
  const front = { asked, offline: false, scripts: true };
  const server = createServer((from, to) => {
    if (front.offline) return from.socket.destroy();
    const [path, address] = Object.entries(services).find(([path]) => from.url.startsWith(path)) ?? [];
    if (!path) return to.writeHead(404).end();
    if (!front.scripts && from.url.endsWith("/form.js")) return to.writeHead(404).end();
    asked.push({ path, method: from.method, url: from.url });
    const there = new URL(address + from.url.slice(path.length - 1));
    const onward = request(there, { method: from.method, headers: { ...from.headers, host: there.host } }, (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    onward.on("error", () => to.destroy());
    from.pipe(onward);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(front, { url: `http://127.0.0.1:${server.address().port}`, stop });
}
