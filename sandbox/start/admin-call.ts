/** Calls a stand-in's back door; throws with its own words when it refuses. */
export async function adminCall<T>(
	adminUrl: string,
	method: string,
	path: string,
	body?: unknown,
): Promise<T> {
	const response = await fetch(adminUrl + path, {
		method,
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok)
		throw new Error(`${method} ${path} of the stand-in: ${response.status} ${text.slice(0, 300)}`);
	return (text === '' ? undefined : JSON.parse(text)) as T;
}
