import { startApache } from '../../test/peers/helpers/apache-peer';
import { makeCertificate, type Certificate } from '../../test/peers/helpers/certificates';
import { startGssapiPeer } from '../../test/peers/helpers/gssapi-peer';
import { missingParts } from '../../test/peers/helpers/peer-programs';
import { ACCOUNT, temporaryFolder, type RunningPeer } from '../../test/peers/helpers/running-peer';
import { startNtlmServer } from '../../test/ntlm/helpers/ntlm-server';
import { readFileSync } from 'node:fs';

export { ACCOUNT };

/** The verifiers measured against, the independent ones where they are installed. */
export interface BenchServers {
	verifier: string;
	http: RunningPeer;
	https: RunningPeer;
	perRequest: RunningPeer;
	/** PEM of the certificate of `https`. */
	ca: string;
	stop(): Promise<void>;
}

export async function startBenchServers(): Promise<BenchServers> {
	const { folder, remove } = temporaryFolder();
	const certificate = makeCertificate(folder, 'bench');
	const apacheThere = missingParts(['apache2', 'mod_auth_gssapi', 'gss-ntlmssp']).length === 0;
	const acceptorThere = missingParts(['gss-ntlmssp', 'python3-gssapi']).length === 0;
	const started = {
		http: await (apacheThere ? startApache() : standIn('connection')),
		https: await (apacheThere
			? startApache({ tls: certificate })
			: standIn('connection', certificate)),
		perRequest: await (acceptorThere ? startGssapiPeer({ perRequest: true }) : standIn('request')),
	};
	return {
		...started,
		verifier: apacheThere && acceptorThere ? 'gss-ntlmssp' : 'own test server',
		ca: certificate.pem,
		async stop() {
			for (const peer of Object.values(started)) await peer.stop();
			remove();
		},
	};
}

async function standIn(
	lasts: 'connection' | 'request',
	certificate?: Certificate,
): Promise<RunningPeer> {
	const server = await startNtlmServer({
		lasts,
		account: ACCOUNT,
		open: (url) => url.startsWith('/open'),
		...(certificate === undefined
			? {}
			: { tls: { cert: certificate.pem, key: readFileSync(certificate.keyFile) } }),
	});
	return { url: server.url, port: server.port, log: () => '', stop: () => server.close() };
}
