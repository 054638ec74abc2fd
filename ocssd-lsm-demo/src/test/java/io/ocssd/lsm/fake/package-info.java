/** A target in memory that keeps the promises of the vblock contracts and loses power on demand; for tests of the store. */
package io.ocssd.lsm.fake;
