import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail as it came in, its header unfolded. */
export interface Mail {
	from: string;
	to: string[];
	/** Names in lower case. */
	header: Record<string, string>;
	/** Decoded parts by content type, e.g. `text/html`. */
	parts: Record<string, string>;
	/** Attached files by their names, base64 as they came. */
	files: Record<string, string>;
}

export interface SmtpServer {
	port: number;
	mails: Mail[];
	/** Logins that were refused. */
	refused: number;
	close(): Promise<void>;
}

/** Takes mail on the loopback interface and keeps it; who does not sign in with this login may not send. */
export async function startSmtpServer(login: {
	user: string;
	password: string;
}): Promise<SmtpServer> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('close', () => sockets.delete(socket)));
		converse(socket, login, state);
	});
	const state: SmtpServer = {
		port: 0,
		mails: [],
		refused: 0,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	state.port = (server.address() as AddressInfo).port;
	return state;
}

/** RFC 5321, as far as a client that sends one mail at a time goes; AUTH PLAIN of RFC 4954. */
function converse(
	socket: Socket,
	login: { user: string; password: string },
	state: SmtpServer,
): void {
	const say = (line: string) => socket.write(`${line}\r\n`);
	const expected = Buffer.from(`\0${login.user}\0${login.password}`).toString('base64');
	let signedIn = false;
	let envelope: Pick<Mail, 'from' | 'to'> = { from: '', to: [] };
	let data: string[] | null = null;
	let rest = '';
	const commands: Record<string, (argument: string) => void> = {
		EHLO: () => ['250-localhost', '250-8BITMIME', '250 AUTH PLAIN'].forEach(say),
		AUTH: (given) => {
			signedIn = given === `PLAIN ${expected}`;
			if (!signedIn) state.refused++;
			say(signedIn ? '235 2.7.0 Signed in' : '535 5.7.8 User or password is wrong');
		},
		MAIL: (given) => {
			envelope = { from: addressIn(given), to: [] };
			say(signedIn ? '250 2.1.0 Ok' : '530 5.7.0 Sign in first');
		},
		RCPT: (given) => {
			envelope.to.push(addressIn(given));
			say('250 2.1.5 Ok');
		},
		DATA: () => {
			data = [];
			say('354 End with a dot on a line of its own');
		},
		RSET: () => say('250 2.0.0 Ok'),
		QUIT: () => socket.end('221 2.0.0 Bye\r\n'),
	};
	socket.on('error', () => {});
	socket.setEncoding('utf8').on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\r\n');
		rest = lines.pop()!;
		for (const line of lines) {
			if (data === null) {
				const [verb, ...argument] = line.split(' ');
				(commands[verb.toUpperCase()] ?? (() => say('502 5.5.1 Not known here')))(
					argument.join(' '),
				);
			} else if (line !== '.') {
				data.push(line.replace(/^\./, ''));
			} else {
				state.mails.push({ ...envelope, ...readMail(data) });
				data = null;
				say('250 2.0.0 Taken');
			}
		}
	});
	say('220 localhost ESMTP');
}

function addressIn(argument: string): string {
	return /<(.*?)>/.exec(argument)?.[1] ?? '';
}

function readMail(lines: string[]): Pick<Mail, 'header' | 'parts' | 'files'> {
	const { header, body } = readEntity(lines);
	const type = header['content-type'] ?? 'text/plain';
	const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
	const entities = boundary
		? body
				.split(`--${boundary}`)
				.slice(1, -1)
				.map((part) => readEntity(part.trim().split('\r\n')))
		: [{ header, body }];
	const parts = entities.map((one) => [
		(one.header['content-type'] ?? 'text/plain').split(';')[0],
		decoded(one.body, one.header['content-transfer-encoding'] ?? '7bit'),
	]);
	const files = entities.flatMap((one) => {
		const name = /filename="?([^";]+)/.exec(one.header['content-disposition'] ?? '')?.[1];
		return name ? [[name, one.body.replace(/\s+/g, '')]] : [];
	});
	return {
		header,
		parts: Object.fromEntries(parts) as Mail['parts'],
		files: Object.fromEntries(files) as Mail['files'],
	};
}

function readEntity(lines: string[]): { header: Record<string, string>; body: string } {
	const blank = lines.indexOf('');
	const unfolded = lines
		.slice(0, blank)
		.join('\r\n')
		.replace(/\r\n[ \t]/g, ' ');
	const header = unfolded.split('\r\n').map((line) => {
		const [name, ...value] = line.split(': ');
		return [name.toLowerCase(), value.join(': ')];
	});
	return {
		header: Object.fromEntries(header) as Record<string, string>,
		body: lines.slice(blank + 1).join('\r\n'),
	};
}

function decoded(body: string, encoding: string): string {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
	if (encoding !== 'quoted-printable') return body;
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
