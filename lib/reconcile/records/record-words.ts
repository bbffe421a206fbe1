import type { FieldChange } from '../../model/outcome';
import { redactChange } from '../../model/redact';
import type { RecordCause } from './record-comparison.types';

/** What each cause means for a vendor or cost code, and what is done about it. */
export const RECORD_WORDS: Record<RecordCause, { message: string; remedy: string }> = {
	parked: { message: 'Waits in the parked table', remedy: 'See the parked table.' },
	waitingRequest: {
		message: 'Waits to be read again from GP',
		remedy: 'Nothing to do: the next run sees to it.',
	},
	missing: {
		message: 'Should stand in Procore and does not',
		remedy: 'Ask for it to be fixed: the next run makes it.',
	},
	notLinked: {
		message: 'Stands in Procore and is not linked with GP',
		remedy: 'Ask for it to be fixed: the next run links it.',
	},
	editedInProcore: {
		message: 'Was changed in Procore; GP still has what was sent',
		remedy: 'Ask for it to be fixed, and the next run puts GP’s values back; or correct GP.',
	},
	inactiveInProcore: {
		message: 'Is inactive in Procore and active in GP',
		remedy:
			'Set it inactive in GP as well, or ask for it to be fixed with “put GP’s values back”: the next run makes it active.',
	},
	changedInGp: {
		message: 'Was changed in GP after it was sent; Procore still has what was sent',
		remedy: 'Run the sync, or ask for it to be fixed: the next run sends it.',
	},
	mappingChanged: {
		message: 'Is mapped otherwise than when it was sent; GP and Procore still have what was sent',
		remedy: 'Ask for it to be fixed: the next run sends it as it is mapped now.',
	},
	changedSinceSent: {
		message: 'It or its mapping was changed after it was sent; Procore still has what was sent',
		remedy: 'Ask for it to be fixed: the next run sends it.',
	},
	changedOnBothSides: {
		message: 'Was changed after it was sent, and was changed in Procore, too',
		remedy:
			'Look at both. Ask for it to be fixed with “put GP’s values back”, and the next run sends it.',
	},
	differs: {
		message: 'Stands in Procore otherwise than in GP; nothing shows which side was changed',
		remedy:
			'Look at both. Ask for it to be fixed with “put GP’s values back”, and the next run sends it.',
	},
	duplicate: {
		message: 'Stands in Procore more than once',
		remedy: 'Merge the two in Procore’s directory.',
	},
	conflict: {
		message: 'Belongs to another owner in Procore',
		remedy: 'See the crosswalk tables.',
	},
	goneFromGp: {
		message: 'Came from GP, but GP no longer has it',
		remedy: 'Deactivate it in Procore by hand if nothing there uses it any more.',
	},
	notRead: {
		message: 'Could not be read, so nothing is known about it',
		remedy: 'See the message, then reconcile again.',
	},
	unsaid: {
		message: 'Cannot be sent, and does not wait in the parked table',
		remedy: 'Ask for it to be fixed: the next run reads it again, and says.',
	},
};

const MOST_FIELDS = 4;

/** "name: Acme, in GP Acme Inc.; city: …". */
export function changesInWords(changes: readonly FieldChange[]): string {
	const shown = changes.slice(0, MOST_FIELDS).map((change) => {
		const { field, before, after } = redactChange(change);
		return `${field}: ${text(before)}, in GP ${text(after)}`;
	});
	const rest = changes.length - shown.length;
	return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function text(value: unknown): string {
	return value === null || value === undefined || value === '' ? 'nothing' : String(value);
}
