// The README's example in Go.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-hardened/cdk-hardened-go/cdkhardened"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	cdkhardened.NewThreeTierSecureStack(app, jsii.String("Shop"), &cdkhardened.ThreeTierSecureStackProps{
		Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("eu-west-1")},
		Domain: &cdkhardened.LoadBalancerDomain{
			DomainName: jsii.String("shop.example.com"),
			HostedZoneAttributes: &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String("Z0123456789ABC"),
				ZoneName:     jsii.String("example.com"),
			},
		},
		Application: &cdkhardened.ApplicationTier{
			// a private repository, by digest
			Image: cdkhardened.PrivateImage_Of(jsii.String("shop"), jsii.String("sha256:0d1f5c1f7c6c1a7ba3f1b8c5e9d2a4f6b8c0d2e4f6a8b0c2d4e6f8a0b2c4d6e8")),
			Port:  jsii.Number(8443),
		},
		Notify:          jsii.Strings("security@example.com"),
		AccountServices: cdkhardened.AccountServices_Create(nil),
	})
	app.Synth(nil)
}
