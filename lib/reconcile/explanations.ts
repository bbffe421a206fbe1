import type { DifferenceCause } from './reconcile.types';

/** What each cause means to an accountant, and what is done about it. */
export const EXPLANATIONS: Record<DifferenceCause, { message: string; remedy: string }> = {
	parked: { message: 'Waits in the parked table', remedy: 'See the parked table.' },
	skipped: { message: 'Left out on purpose', remedy: 'Nothing to do.' },
	unposted: {
		message: 'Not posted in GP, so it is a draft in Procore',
		remedy: 'Post it in GP; the next run approves it.',
	},
	missing: {
		message: 'Should stand in Procore and does not',
		remedy: 'Ask for it to be fixed: the next run creates it again.',
	},
	editedInProcore: {
		message: 'Was changed in Procore after it came from GP; GP still has what was sent',
		remedy: 'Ask for it to be fixed, and the next run puts GP’s values back; or correct GP.',
	},
	changedInGp: {
		message: 'Was changed in GP after it was sent; Procore still has what was sent',
		remedy: 'Run the sync, or ask for it to be fixed: the next run sends it.',
	},
	mappingChanged: {
		message:
			'Is mapped otherwise than when it was sent (crosswalk, rules or policies); GP and Procore still have what was sent',
		remedy: 'Ask for it to be fixed: the next run sends it as it is mapped now.',
	},
	changedSinceSent: {
		message:
			'The document or its mapping was changed after it was sent; Procore still has what was sent',
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
	notYetVoided: {
		message: 'Is voided in GP and still counts in Procore',
		remedy: 'Run the sync; it becomes a draft.',
	},
	duplicate: {
		message: 'Stands in Procore more than once',
		remedy: 'Delete the copy in Procore.',
	},
	stale: {
		message: 'Stands in a project where the mapping no longer puts it',
		remedy: 'Ask for it to be fixed: the next run takes it out of this project.',
	},
	asSent: {
		message:
			'Stands as it was sent: GP keeps no distributions of it any more that it could be compared with',
		remedy:
			'Nothing to do. To have later documents compared, switch on Distribution history in GP (Cards > Purchasing > Vendor > Options).',
	},
	asSentEdited: {
		message:
			'Was changed in Procore after it was sent, and GP keeps no distributions of it any more to mend it from',
		remedy:
			'Set it back by hand in Procore, by its story on the page and its change history there, or let it stand as changed.',
	},
	goneFromGp: {
		message: 'Came from GP, but GP no longer has it',
		remedy:
			'Look the voucher up in GP. If it was deleted, set the direct cost to draft in Procore.',
	},
	notFromGp: {
		message: 'Was entered in Procore by hand or by another program',
		remedy: 'Enter it in GP too, or leave it if it belongs in Procore only.',
	},
	waitingRequest: {
		message: 'Waits to be read again from GP',
		remedy: 'Nothing to do: the next run sees to it.',
	},
	notRead: {
		message: 'Could not be read, so nothing is known about it',
		remedy: 'See the message, then reconcile again.',
	},
	unrecorded: {
		message:
			'A batch that was cut off, or is still at work, wrote it to Procore, and no event tells of that yet',
		remedy: 'Run the sync: it finds the mark of that batch and gives the write its event.',
	},
	unsaid: {
		message: 'GP lists it, and no run said what became of it',
		remedy: 'Ask for it to be fixed: the next run reads it again, and says.',
	},
	contradicted: {
		message: 'GP’s list tells it otherwise than the document itself',
		remedy:
			'Compare both with GP, and check the field names in the site profile; ask for it to be fixed, and the next run reads it again.',
	},
	unexplained: {
		message: 'The two sides of the comparison do not add up for this document',
		remedy: 'Report this as a defect, with the record of the voucher.',
	},
};
