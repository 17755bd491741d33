package com.example.shop;

import io.github.cdkhardened.AccountServices;
import io.github.cdkhardened.ApplicationTier;
import io.github.cdkhardened.LoadBalancerDomain;
import io.github.cdkhardened.PrivateImage;
import io.github.cdkhardened.ThreeTierSecureStack;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;

/** The README's example in Java. */
public final class ShopApp {
    public static void main(final String[] args) {
        final App app = new App();
        ThreeTierSecureStack.Builder.create(app, "Shop")
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .domain(LoadBalancerDomain.builder()
                .domainName("shop.example.com")
                .hostedZoneAttributes(HostedZoneAttributes.builder().hostedZoneId("Z0123456789ABC").zoneName("example.com").build())
                .build())
            .application(ApplicationTier.builder()
                // a private repository, by digest
                .image(PrivateImage.of("shop", "sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8"))
                .port(8443)
                .build())
            .notify(List.of("security@example.com"))
            .accountServices(AccountServices.create())
            .build();
        app.synth();
    }
}
