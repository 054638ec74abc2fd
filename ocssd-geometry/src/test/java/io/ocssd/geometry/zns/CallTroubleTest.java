package io.ocssd.geometry.zns;

/** Trouble with transfers by calls. */
final class CallTroubleTest extends TroubleContract {
    CallTroubleTest() {
        super(false);
    }
}
