/** The storm: random use of vblocks over several lives, each ended by a power cut, against a model. */
package io.ocssd.ftl.storm;
