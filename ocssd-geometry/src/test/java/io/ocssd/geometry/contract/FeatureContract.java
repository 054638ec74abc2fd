package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.DeviceAdmin;
import io.ocssd.error.DeviceException;
import org.assertj.core.api.ThrowableAssert;

/** Features of the controller. */
abstract class FeatureContract extends Theme {
    static void assertRefused(ThrowableAssert.ThrowingCallable what, int status) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        DeviceException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @ContractTest(needs = Trait.DULBE)
    @Proves(Rule.FEATURE_ERROR_RECOVERY)
    void errorRecoveryKeepsTlerAndDulbe(Rig rig) throws Exception {
        DeviceAdmin admin = rig.device.admin();
        int id = DeviceAdmin.FEATURE_ERROR_RECOVERY;
        for (int value : new int[] {0, DeviceAdmin.DULBE, 0xFFFF, DeviceAdmin.DULBE | 0x1234}) {
            admin.setFeature(id, value);
            assertThat(admin.feature(id)).isEqualTo(value);
        }
        assertRefused(() -> admin.setFeature(id, 1 << 17), 0x002);
        assertRefused(() -> admin.setFeature(id, 1 << 31), 0x002);
        assertThat(admin.feature(id)).as("what was refused changes nothing").isEqualTo(DeviceAdmin.DULBE | 0x1234);
    }

    @ContractTest(needs = Trait.MEDIA_FEEDBACK)
    @Proves(Rule.FEATURE_MEDIA_FEEDBACK)
    void mediaFeedbackKeepsTwoBits(Rig rig) throws Exception {
        DeviceAdmin admin = rig.device.admin();
        int id = DeviceAdmin.FEATURE_MEDIA_FEEDBACK;
        assertThat(admin.feature(id)).isZero();
        for (int value : new int[] {DeviceAdmin.HIGH_ECC, DeviceAdmin.VERY_HIGH_ECC, 3, 0}) {
            admin.setFeature(id, value);
            assertThat(admin.feature(id)).isEqualTo(value);
        }
        assertRefused(() -> admin.setFeature(id, 4), 0x002);
    }

    @ContractTest(needs = Trait.DULBE)
    @Proves(Rule.FEATURE_UNKNOWN)
    void aFeatureThatIsNotThere(Rig rig) throws Exception {
        DeviceAdmin admin = rig.device.admin();
        assertRefused(() -> admin.feature(0xCB), 0x002);
        assertRefused(() -> admin.setFeature(0xCB, 0), 0x002);
        assertRefused(() -> admin.feature(0), 0x002);
    }
}
