package io.ocssd.geometry.zns;

/** Trouble with transfers by a ring. */
final class RingTroubleTest extends TroubleContract {
    RingTroubleTest() {
        super(true);
    }
}
