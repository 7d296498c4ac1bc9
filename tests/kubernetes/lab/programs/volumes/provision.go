package volumes

import (
	"context"
	"log"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	wantedProvisioner = "volume.kubernetes.io/storage-provisioner"
	selectedNode      = "volume.kubernetes.io/selected-node"
	provisionedBy     = "pv.kubernetes.io/provisioned-by"
)

// provision makes the directory and the volume of a claim that waits for them.
func (c *controller) provision(ctx context.Context, claim *core.PersistentVolumeClaim) error {
	if claim.Annotations[wantedProvisioner] != Provisioner || claim.DeletionTimestamp != nil {
		return nil
	}
	class, err := c.client.StorageV1().StorageClasses().Get(ctx, *claim.Spec.StorageClassName, meta.GetOptions{})
	if err != nil {
		return err
	}
	waits := class.VolumeBindingMode != nil && *class.VolumeBindingMode == storage.VolumeBindingWaitForFirstConsumer
	if waits && claim.Annotations[selectedNode] != c.node {
		return nil
	}
	volume := c.volumeFor(claim, class)
	if err := os.MkdirAll(volume.Spec.Local.Path, 0o755); err != nil {
		return err
	}
	_, err = c.client.CoreV1().PersistentVolumes().Create(ctx, volume, meta.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	if err == nil {
		log.Printf("made %s", volume.Spec.Local.Path)
	}
	return err
}

// volumeFor is a "local" volume, not a hostPath: the kubelet applies a pod's fsGroup to it.
func (c *controller) volumeFor(claim *core.PersistentVolumeClaim, class *storage.StorageClass) *core.PersistentVolume {
	name := "pvc-" + string(claim.UID)
	mode := core.PersistentVolumeFilesystem
	onNode := core.NodeSelectorRequirement{
		Key: core.LabelHostname, Operator: core.NodeSelectorOpIn, Values: []string{c.node},
	}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: Provisioner}},
		Spec: core.PersistentVolumeSpec{
			AccessModes: claim.Spec.AccessModes,
			Capacity: core.ResourceList{
				core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage],
			},
			ClaimRef: &core.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
			PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			StorageClassName:              class.Name,
			VolumeMode:                    &mode,
			PersistentVolumeSource: core.PersistentVolumeSource{
				Local: &core.LocalVolumeSource{
					Path: filepath.Join(c.directory, name+"_"+claim.Namespace+"_"+claim.Name),
				},
			},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{
				NodeSelectorTerms: []core.NodeSelectorTerm{
					{MatchExpressions: []core.NodeSelectorRequirement{onNode}},
				},
			}},
		},
	}
}
