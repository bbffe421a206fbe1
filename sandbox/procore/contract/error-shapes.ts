const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shapes error bodies really take; most endpoints document none. */
export function isKnownErrorShape(body: unknown): boolean {
	if (typeof body === 'string' || body === undefined) return true;
	if (!isObject(body)) return false;
	const { errors, error, message } = body;
	if (isText(errors) || isTexts(errors)) return true;
	if (isObject(errors)) return Object.values(errors).every((one) => isText(one) || isTexts(one));
	if (isObject(error)) return isText(error.code) && isText(error.message);
	return isText(error) || isText(message);
}
