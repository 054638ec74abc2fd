/** The front door of ocssd, the library for Open-Channel SSDs. */
package io.ocssd;
