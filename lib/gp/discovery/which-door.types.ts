import type { Entity } from '../../model/desired';
import type { ProfileName } from '../profiles/site-profile';

/** What one way into GP answered at one address. */
export interface DoorSurvey {
	door: ProfileName;
	/** Address that was tried. */
	serviceAddress: string;
	/**
	 * `open`: records can be read; `closed`: it is there, and this account or company is not let in;
	 * `absent`: something else or nothing answers; `notTried`: see `why`.
	 */
	state: 'open' | 'closed' | 'absent' | 'notTried';
	/** What the answer was, in words; null where it is open. */
	why: string | null;
	/** What the person does about it. */
	remedy: string | null;
	/** Which lists gave rows with this account, and what the others answered; null where none was asked. */
	reads: Record<Entity, string> | null;
	/** What this door does not carry, whatever the site. */
	lacks: readonly string[];
}
