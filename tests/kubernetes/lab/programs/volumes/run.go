// Package volumes serves claims from directories of the one node: it makes, grows and removes them.
package volumes

import (
	"context"
	"flag"
	"log"
	"os"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// Provisioner is what a StorageClass names to be served by this program.
const Provisioner = "kafka-platform.lab/local"

// A handler that failed is tried again when the informers tell everything anew.
const resync = 10 * time.Second

type controller struct {
	client    kubernetes.Interface
	directory string
	node      string
}

// Run serves until the process is ended.
func Run() {
	flags := flag.NewFlagSet("local-volumes", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "file that says where the API server is and who this program is")
	directory := flags.String("directory", "", "directory in which the volumes are made")
	node := flags.String("node", "", "name of the node whose directory that is")
	if err := flags.Parse(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		log.Fatal(err)
	}
	c := &controller{client: kubernetes.NewForConfigOrDie(config), directory: *directory, node: *node}
	ctx := context.Background()

	factory := informers.NewSharedInformerFactory(c.client, resync)
	claims, volumes := factory.Core().V1().PersistentVolumeClaims(), factory.Core().V1().PersistentVolumes()
	onChange(claims.Informer(), func(claim *core.PersistentVolumeClaim) error {
		if claim.Spec.VolumeName == "" {
			return c.provision(ctx, claim)
		}
		return c.expand(ctx, claim)
	})
	onChange(volumes.Informer(), func(volume *core.PersistentVolume) error { return c.reclaim(ctx, volume) })
	factory.Start(ctx.Done())
	select {}
}

func onChange[T any](informer cache.SharedIndexInformer, handle func(T) error) {
	handler := func(object any) {
		if err := handle(object.(T)); err != nil {
			log.Print(err)
		}
	}
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    handler,
		UpdateFunc: func(_, updated any) { handler(updated) },
	})
	if err != nil {
		log.Fatal(err)
	}
}
