import { md4, ntowfV2 } from '../../../lib/ntlm/messages/ntlmv2';

/** Something nobody may read outside the place it belongs to. */
export interface Secret {
	name: string;
	/** Every way in which it could be written down. */
	forms: string[];
}

/** A place things are written to, or a line they are sent over. */
export interface Place {
	name: string;
	text: string;
}

/** Passwords, keys and tokens, also as they look when something encoded them. */
export function secret(name: string, value: string): Secret {
	const utf16 = Buffer.from(value, 'utf16le');
	return {
		name,
		forms: distinct([
			value,
			encodeURIComponent(value),
			JSON.stringify(value).slice(1, -1),
			...insideBase64(Buffer.from(value)),
			...insideBase64(utf16),
			Buffer.from(value).toString('hex'),
			utf16.toString('hex'),
			utf16.toString('latin1'),
		]),
	};
}

/** A Windows password and the hashes that are as good as it. */
export function windowsSecret(
	name: string,
	{ domain, user, password }: { domain: string; user: string; password: string },
): Secret {
	const ntHash = md4(Buffer.from(password, 'utf16le'));
	const hashes = [ntHash, ntowfV2({ domain, user }, password)];
	return {
		name,
		forms: [
			...secret(name, password).forms,
			...hashes.flatMap((hash) => [hash.toString('hex'), ...insideBase64(hash)]),
		],
	};
}

/** A tax id with and without its dashes. */
export function taxIdSecret(value: string): Secret {
	const digits = value.replace(/-/g, '');
	const usual = [
		`${digits.slice(0, 2)}-${digits.slice(2)}`,
		`${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`,
	];
	return { name: `tax id ${value}`, forms: distinct([value, digits, ...usual]) };
}

/** Which secrets stand in which places, as sentences; empty when there are none. */
export function findSecrets(secrets: Secret[], places: Place[]): string[] {
	return places.flatMap(({ name, text }) =>
		secrets
			.filter(({ forms }) => forms.some((form) => text.includes(form)))
			.map((found) => `${found.name} in ${name}`),
	);
}

/** Base64 of the bytes wherever they begin in a longer text: what depends on the neighbours is left off. */
function insideBase64(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((shift) => {
		const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
		const start = [0, 2, 3][shift];
		const end = Math.floor(((shift + bytes.length) * 8) / 6);
		const inside = whole.slice(start, end);
		return [inside, inside.replaceAll('-', '+').replaceAll('_', '/')];
	});
}

function distinct(texts: string[]): string[] {
	return [...new Set(texts)];
}
