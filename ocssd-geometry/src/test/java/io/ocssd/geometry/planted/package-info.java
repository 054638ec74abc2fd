/**
 * Devices with a bug: {@link io.ocssd.geometry.planted.BuggyDevice} passes everything on to a good device but for one rule that
 * it breaks. What judges devices is trusted because it catches each of them.
 */
package io.ocssd.geometry.planted;
