// What AWS says of certificates.

/**
 * Key algorithms that Security Hub's ACM.2 accepts, as ACM names them.
 *
 * Sources: Security Hub user guide, "Controls for AWS Certificate Manager", ACM.2; ACM user guide, "Key algorithms".
 */
export const KEY_ALGORITHMS = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1'];
