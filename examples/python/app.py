#!/usr/bin/env python3
"""The README's example in Python."""

from aws_cdk import App, Environment
from aws_cdk.aws_route53 import HostedZoneAttributes
from cdk_hardened import AccountServices, ApplicationTier, LoadBalancerDomain, PrivateImage, ThreeTierSecureStack

app = App()
ThreeTierSecureStack(
    app,
    "Shop",
    env=Environment(account="111122223333", region="eu-west-1"),
    domain=LoadBalancerDomain(
        domain_name="shop.example.com",
        hosted_zone_attributes=HostedZoneAttributes(hosted_zone_id="Z0123456789ABC", zone_name="example.com"),
    ),
    application=ApplicationTier(
        # a private repository, by digest
        image=PrivateImage.of("shop", "sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8"),
        port=8443,
    ),
    notify=["security@example.com"],
    account_services=AccountServices.create(),
)
app.synth()
