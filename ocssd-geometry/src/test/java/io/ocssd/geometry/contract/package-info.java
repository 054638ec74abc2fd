/**
 * What every device must do, as tests that any device can be put to: {@link io.ocssd.geometry.contract.Rule} is the list,
 * and each rule is proved by a test that bears its id.
 */
package io.ocssd.geometry.contract;
