/** A log-structured key-value store that places its own data. */
package io.ocssd.lsm;
