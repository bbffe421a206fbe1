export * as listSearch from './list-search';
