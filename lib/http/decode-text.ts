import type { Steps } from './breathe';

const PIECE = 4 * 1024 * 1024;

/** Bytes as text, by byte order mark, then by the charset the server names, else UTF-8; in steps. */
export function* decodeText(body: Buffer, contentType: string | undefined): Steps<string> {
	const decoder = decoderFor(body, contentType);
	if (body.length <= PIECE) return decoder.decode(body);
	const pieces: string[] = [];
	for (let from = 0; from < body.length; from += PIECE) {
		pieces.push(decoder.decode(body.subarray(from, from + PIECE), { stream: true }));
		yield;
	}
	pieces.push(decoder.decode());
	return pieces.join('');
}

function decoderFor(body: Buffer, contentType: string | undefined) {
	const named = /charset\s{0,4}=\s{0,4}"?([\w-]{1,40})/i.exec((contentType ?? '').slice(0, 400));
	let charset = named?.[1] ?? 'utf-8';
	if (body[0] === 0xff && body[1] === 0xfe) charset = 'utf-16le';
	else if (body[0] === 0xfe && body[1] === 0xff) charset = 'utf-16be';
	else if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) charset = 'utf-8';
	try {
		return new TextDecoder(charset);
	} catch {
		return new TextDecoder();
	}
}
