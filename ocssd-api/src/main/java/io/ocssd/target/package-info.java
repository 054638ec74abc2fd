/**
 * Drives and the named shares of them.
 *
 * <p>Start at {@link io.ocssd.target.Drive}, which {@code io.ocssd.Ocssd.open} returns: it reads the label on flash and
 * hands out {@link io.ocssd.target.Target}s, each a set of whole LUNs, or of blocks on a drive of one LUN,
 * that one application owns. All types may be used from any task.
 */
package io.ocssd.target;
