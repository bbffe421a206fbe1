/**
 * Milliseconds before the next attempt: a bound that doubles with every attempt up to `capMs`, of
 * which chance takes a part, so that many clients do not come back together.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param random in [0, 1)
 * @param least share of the bound that is always waited, 0 to 1
 */
export function backoff(
	attempt: number,
	random: number,
	{ baseMs = 1_000, capMs = 30_000, least = 0 } = {},
): number {
	const bound = Math.min(baseMs * 2 ** Math.min(attempt - 1, 30), capMs);
	return Math.round(bound * (least + (1 - least) * random));
}
