/** Address formats and devices. */
package io.ocssd.geometry;
