import net from 'node:net';
import tls from 'node:tls';
import { RequestTimeoutError } from '../errors/timeout-error';
import type { Deadline } from './deadline';
import { connectError } from './network-error';

/**
 * Opens a TCP or TLS connection to the URL's origin, verified before anything is written to it.
 * TLS names the server (SNI) and offers HTTP/1.1 only: NTLM cannot live on HTTP/2.
 */
export function openSocket(
	url: URL,
	secureContext: tls.SecureContext | undefined,
	rejectUnauthorized: boolean,
	connectTimeoutMs: number,
	deadline: Deadline,
): Promise<net.Socket> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const secure = url.protocol === 'https:';
	const port = Number(url.port) || (secure ? 443 : 80);

	return new Promise((resolve, reject) => {
		deadline.throwIfOver();
		const socket: net.Socket = secure
			? tls.connect({
					host,
					port,
					...(net.isIP(host) ? {} : { servername: host }),
					...(secureContext === undefined ? {} : { secureContext }),
					rejectUnauthorized,
					ALPNProtocols: ['http/1.1'],
				})
			: net.connect({ host, port });
		const timer = AbortSignal.timeout(connectTimeoutMs);

		const finish = (error?: Error) => {
			unsubscribe();
			timer.removeEventListener('abort', onTimeout);
			socket.removeListener('close', onClose);
			if (error === undefined) {
				// From here on the connection's owner hears of errors through 'close'.
				socket.removeListener('error', onError);
				socket.on('error', () => {});
				socket.setNoDelay(true);
				socket.setKeepAlive(true, 30_000);
				resolve(socket);
			} else {
				socket.destroy();
				reject(error);
			}
		};
		const onError = (error: Error) => finish(connectError(error, deadline.address, secure));
		const onClose = () => onError(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
		const onTimeout = () =>
			finish(new RequestTimeoutError(deadline.address, 'connect', connectTimeoutMs));

		socket.on('error', onError);
		socket.once('close', onClose);
		socket.once(secure ? 'secureConnect' : 'connect', () => finish());
		timer.addEventListener('abort', onTimeout, { once: true });
		const unsubscribe = deadline.onOver(finish);
	});
}
