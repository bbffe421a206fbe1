import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createWindowsHttpClient } from '../../lib/ntlm/windows-http-client';
import { vendorRow } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';

const ACME = vendorRow('ACME', '2026-06-01T08:00:00Z').fields;
let server: Server;

/** The vendors a real server answers with, read as the site profile of SBA does. */
async function vendorsOf(answer: RequestListener) {
	server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const http = createWindowsHttpClient({ authentication: { kind: 'none' } });
	const serviceAddress = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	try {
		const { client } = clientFor(http, {
			site: siteFor({ query: { listsComeWhole: true } }, { serviceAddress }),
		});
		return await client.get('vendor', 'ACME');
	} finally {
		http.close();
		server.closeAllConnections();
		server.close();
	}
}

test('a control character that somebody pasted into a field hides no record', async () => {
	const body = JSON.stringify({ ...ACME, Name: 'Acme§Concrete', ShortName: 'a¶b' })
		.replace('§', '\u001f')
		.replace('¶', '\r\n');
	const vendor = await vendorsOf((_, response) => {
		response.writeHead(200, { 'Content-Type': 'application/json' });
		response.end(body);
	});
	expect(vendor).toMatchObject({ name: 'Acme\u001fConcrete' });
});

test('a server that compresses unless told not to is told', async () => {
	const vendor = await vendorsOf((request, response) => {
		const body = JSON.stringify(ACME);
		const asked = request.headers['accept-encoding'];
		if (asked === 'identity') return void response.end(body);
		response.writeHead(200, { 'Content-Encoding': 'gzip' });
		response.end(gzipSync(body));
	});
	expect(vendor).toMatchObject({ vendorId: 'ACME' });
});
