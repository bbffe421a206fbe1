import { DateTime } from 'luxon';
import type { SiteProfile } from '../profiles/site-profile';
import type { Stamp } from '../../model/gp-records';

type Literal = SiteProfile['query']['dateLiteral'];

/**
 * A stamp as a server's filter wants it. A date stands for its first instant, or its last when it
 * closes a range. Literals without a zone are written in the zone in which the server keeps stamps.
 */
export function dateLiteral(
	stamp: Stamp,
	literal: Literal,
	zone: string,
	edge: 'start' | 'end' = 'start',
): string {
	const isDate = stamp.length === 10;
	const wall = isDate
		? `${stamp}T${edge === 'start' ? '00:00:00.000' : '23:59:59.997'}`
		: DateTime.fromISO(stamp, { zone: 'utc' }).setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
	const text = wall.replace(/\.000$/, '');
	switch (literal) {
		case 'odata3':
			return `datetime'${text}'`;
		case 'odata4':
			return DateTime.fromISO(wall, { zone })
				.toUTC()
				.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
				.replace('.000Z', 'Z');
		case 'iso':
			return text;
		case 'date':
			return text.slice(0, 10);
	}
}

/** Text as a literal in an OData filter. */
export function textLiteral(text: string): string {
	return `'${text.replace(/'/g, "''")}'`;
}
