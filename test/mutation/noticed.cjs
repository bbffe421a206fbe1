/** The mutant a test failed for last. One test says it all: the others need not run. */
const ACTIVE = '__STRYKER_ACTIVE_MUTANT__';
let noticed;

module.exports = {
	isNoticed: () => noticed !== undefined && noticed === process.env[ACTIVE],
	notice: () => {
		noticed = process.env[ACTIVE];
	},
};
