export * as credentialTest from './credential-test';
export * as listSearch from './list-search';
